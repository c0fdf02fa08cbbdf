import { ValueError } from "@unroll/kernels";
import { allocate } from "../allocate.ts";
import { isLittleEndian, swapBytes } from "../byte-order.ts";
import { checkTensor } from "../check-tensor.ts";
import { DTYPES, type DtypeFacts } from "../dtype.ts";
import type { Tensor } from "../tensor.ts";
import { codeOf } from "./npy-dtypes.ts";
import { MAGIC } from "./npy-header.ts";

const WHERE = "writeNpy";

/** Digits that NumPy leaves room for, so that the first dimension of an array can grow in its file. */
const GROWTH_DIGITS = 21;

/**
 * Writes an array as `np.save` does: version 1.0, little-endian, in C order, data at a multiple of 64 bytes. NumPy gives
 * the same bytes for the same array.
 * @throws ValueError for a type that NumPy doesn't have (BF16, F8), or if type, shape and data do not fit
 */
export function writeNpy(tensor: Tensor): Uint8Array {
  return arrayFile(WHERE, "the array", tensor);
}

/** The file of one array; `name` is what errors call it. */
export function arrayFile(where: string, name: string, tensor: Tensor): Uint8Array {
  checkTensor(where, name, tensor);
  const { dtype, shape, data } = tensor;
  const { itemSize } = DTYPES.get(dtype) as DtypeFacts;
  const code = codeOf(dtype);
  if (!code) throw new ValueError(where, `dtype of ${name}`, dtype, "a type that NumPy has");
  const order = itemSize === 1 ? "|" : "<";
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const room = shape.length > 0 ? GROWTH_DIGITS - String(shape[0]).length : 0;
  const text = `{'descr': '${order}${code}', 'fortran_order': False, 'shape': (${tuple}), }${" ".repeat(room)}`;
  const end = (Math.floor((text.length + 11) / 64) + 1) * 64;
  const bytes = allocate(where, end + data.byteLength);
  bytes.set(MAGIC);
  bytes[6] = 1;
  new DataView(bytes.buffer).setUint16(8, end - 10, true);
  bytes.set(new TextEncoder().encode(text.padEnd(end - 11)), 10);
  bytes[end - 1] = 0x0a;
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), end);
  if (itemSize > 1 && !isLittleEndian()) swapBytes(bytes.subarray(end), itemSize);
  return bytes;
}
