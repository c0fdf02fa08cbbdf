import { isLittleEndian, swapBytes } from "./byte-order.ts";
import { DTYPES, type Dtype, type DtypeFacts } from "./dtype.ts";
import type { Tensor } from "./tensor.ts";

/**
 * Little-endian bytes as a tensor. It shares their memory where they are aligned for its type, and is a copy where
 * not. Their number must be that of the shape.
 */
export function tensorOfBytes(dtype: Dtype, shape: readonly number[], bytes: Uint8Array): Tensor {
  const { itemSize, array } = DTYPES.get(dtype) as DtypeFacts;
  const foreignOrder = itemSize > 1 && !isLittleEndian();
  let of = bytes;
  if (of.byteOffset % itemSize !== 0 || foreignOrder) {
    of = new Uint8Array(bytes); // of its own memory
    if (foreignOrder) swapBytes(of, itemSize);
  }
  return { dtype, shape, data: new array(of.buffer, of.byteOffset, of.length / itemSize) } as Tensor;
}
