import { ValueError } from "@unroll/kernels";
import { swapBytes } from "../byte-order.ts";
import { DTYPES, type DtypeFacts } from "../dtype.ts";
import { Refusals } from "../errors.ts";
import { elementsOf, type Tensor } from "../tensor.ts";
import { tensorOfBytes } from "../tensor-bytes.ts";
import { rowMajor } from "./fortran-order.ts";
import { readNpyHeader } from "./npy-header.ts";

const WHERE = "readNpy";

/**
 * Reads an array that NumPy saved (`np.save`), of version 1.0, 2.0 or 3.0, of either byte order, in C or Fortran order.
 * The data comes out row-major; it shares the memory of `bytes` if it stands there so, aligned, and is a copy if not.
 *
 * Source: NumPy's format description (numpy.lib.format).
 * @throws FormatError (code "format") if the bytes break a rule; UnsupportedError (code "unsupported") for objects
 * (pickles), structured and other types than numbers and booleans, other versions, headers above 10,000 bytes; both
 * with the byte offset
 */
export function readNpy(bytes: Uint8Array): Tensor {
  if (!(bytes instanceof Uint8Array)) throw new ValueError(WHERE, "bytes", bytes, "a Uint8Array");
  return readArray(bytes, new Refusals(WHERE));
}

/** The array whose file is `bytes`. */
export function readArray(bytes: Uint8Array, refuse: Refusals): Tensor {
  const { dtype, bigEndian, fortranOrder, shape, end } = readNpyHeader(bytes, refuse);
  const { itemSize } = DTYPES.get(dtype) as DtypeFacts;
  const size = (elementsOf(shape) ?? Number.POSITIVE_INFINITY) * itemSize;
  const left = bytes.length - end;
  if (size > left) {
    const needed = size > Number.MAX_SAFE_INTEGER ? "more than 2^53 - 1" : size;
    const problem = `an array of shape [${shape}] has ${needed} bytes, but ${left} follow`;
    throw refuse.malformed("past-end", problem, end);
  }
  if (size < left) throw refuse.malformed("bytes-left", `${left - size} bytes follow the array`, end + size);
  let data = bytes.subarray(end);
  if (bigEndian && itemSize > 1) {
    data = data.slice();
    swapBytes(data, itemSize);
  }
  if (fortranOrder && shape.length > 1) data = rowMajor(data, shape, itemSize);
  return tensorOfBytes(dtype, shape, data);
}
