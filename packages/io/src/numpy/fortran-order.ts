/**
 * The bytes of an array in Fortran order (the first index runs fastest) as row-major bytes (the last one does), in
 * new memory. Items are moved as bits.
 */
export function rowMajor(bytes: Uint8Array, shape: readonly number[], itemSize: number): Uint8Array {
  const result = new Uint8Array(bytes.length);
  if (bytes.length === 0) return result;
  // Bytes from one item to the next along each dimension of the result.
  const strides = shape.map(() => itemSize);
  for (let d = shape.length - 2; d >= 0; d--)
    strides[d] = (strides[d + 1] as number) * (shape[d + 1] as number);
  const index = shape.map(() => 0);
  let to = 0;
  for (let from = 0; from < bytes.length; from += itemSize) {
    for (let i = 0; i < itemSize; i++) result[to + i] = bytes[from + i] as number;
    for (let d = 0; d < shape.length; d++) {
      to += strides[d] as number;
      index[d] = (index[d] as number) + 1;
      if ((index[d] as number) < (shape[d] as number)) break;
      to -= (strides[d] as number) * (shape[d] as number);
      index[d] = 0;
    }
  }
  return result;
}
