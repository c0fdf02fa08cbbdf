import { type ElementType, type FloatArray, isTokens, type Rows, Tokens, View } from "@unroll/kernels";

/** A new array of zeros. */
export function floats(type: ElementType, length: number): FloatArray {
  return type === "float32" ? new Float32Array(length) : new Float64Array(length);
}

/** The rows `first` … `first + count - 1`, as a view on the same memory. */
export function rowsOf(rows: Rows, first: number, count: number): Rows {
  return isTokens(rows)
    ? new Tokens(rows.data, rows.offset + first, count)
    : new View(rows.data, rows.offset + first * rows.stride, count, rows.columns, rows.stride);
}
