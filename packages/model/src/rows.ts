import { type ElementType, type FloatArray, isTokens, load, type Rows, Tokens, View } from "@unroll/kernels";

/** A new array of zeros. */
export function floats(type: ElementType, length: number): FloatArray {
  return type === "float32" ? new Float32Array(length) : new Float64Array(length);
}

/** A matrix of zeros outside any arena. */
export function matrix(type: ElementType, rows: number, columns: number): View {
  return new View(floats(type, rows * columns), 0, rows, columns);
}

/** A copy of a matrix outside any arena. */
export function copyOf(type: ElementType, source: View): View {
  const copy = matrix(type, source.rows, source.columns);
  load(copy, source);
  return copy;
}

/** The rows `first` … `first + count - 1`, as a view on the same memory. */
export function rowsOf(rows: Rows, first: number, count: number): Rows {
  return isTokens(rows)
    ? new Tokens(rows.data, rows.offset + first, count)
    : new View(rows.data, rows.offset + first * rows.stride, count, rows.columns, rows.stride);
}
