import { NonFiniteError, type View } from "@unroll/kernels";

/** A power of two, in two factors that don't overflow. */
type Unit = readonly [number, number];

/** A float64 copy of a matrix, row by row, in units of a power of two: its largest element is in [1/2, 1), or 0. */
export interface Scaled {
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
  readonly unit: Unit;
}

/**
 * A copy, transposed if asked, in its own unit: squares then neither overflow nor vanish.
 * @throws NonFiniteError, with row and column, if an element is NaN or infinite
 */
export function scaled(where: string, A: View, transposed = false): Scaled {
  const { rows, columns } = A;
  const data = new Float64Array(rows * columns);
  const [rowStep, columnStep] = transposed ? [1, rows] : [columns, 1];
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const value = A.data[A.offset + r * A.stride + c];
      if (!Number.isFinite(value))
        throw new NonFiniteError(where, "the matrix", value, { row: r, column: c });
      data[r * rowStep + c * columnStep] = value;
    }
  }
  const unit = normalize(data);
  return transposed ? { data, rows: columns, columns: rows, unit } : { data, rows, columns, unit };
}

/** Divides all numbers by a power of two, which is exact but for those 2^1000 times smaller than the largest. */
export function normalize(data: Float64Array): Unit {
  let largest = 0;
  for (const value of data) largest = Math.max(largest, Math.abs(value));
  if (largest === 0) return [1, 1];
  let [a, b] = [1, 1];
  while (largest / a / b >= 1) [a, b] = [b, 2 * a];
  while (largest / a / b < 0.5) [a, b] = [b, a / 2];
  for (let i = 0; i < data.length; i++) data[i] = data[i] / a / b;
  return [a, b];
}

/** A number in units, as it is. */
export function restored(value: number, [a, b]: Unit): number {
  return value * a * b;
}
