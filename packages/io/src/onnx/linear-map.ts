import type { FloatArray } from "@unroll/kernels";
import type { Budget } from "./budget.ts";
import type { Numbers } from "./values.ts";

/** A matrix of N rows and K columns in memory that may be the file's, whichever way it lies there. */
export interface Matrix {
  readonly data: FloatArray;
  readonly offset: number;
  readonly rows: number;
  readonly columns: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** y = A x + c. Without A, y = x + c; without c nothing is added. */
export interface Linear {
  readonly A: Matrix | undefined;
  readonly c: Float64Array | undefined;
}

export const UNCHANGED: Linear = { A: undefined, c: undefined };

/** The last two dimensions of numbers (all others have size 1) as a matrix. */
export function matrixOf({ data, offset, shape, strides }: Numbers): Matrix {
  const [rows, columns] = shape.slice(-2);
  const [rowStride, columnStride] = strides.slice(-2);
  return { data, offset, rows, columns, rowStride, columnStride };
}

export function transposed({ data, offset, rows, columns, rowStride, columnStride }: Matrix): Matrix {
  return { data, offset, rows: columns, columns: rows, rowStride: columnStride, columnStride: rowStride };
}

/** W (A x + c) = (W A) x + W c. Products are summed in float64, and rounded when they become parameters. */
export function applied(W: Matrix, { A, c }: Linear, budget: Budget): Linear {
  const Wc = c && vector(W, c, budget);
  if (A === undefined) return { A: W, c: Wc };
  if (isIdentity(W)) return { A, c };
  return { A: multiplied(W, A, budget), c: Wc };
}

/** y + b, where b may be kept and changed. */
export function added({ A, c }: Linear, b: Float64Array): Linear {
  if (c) for (let i = 0; i < b.length; i++) b[i] += c[i];
  return { A, c: b };
}

/** Exact, whereas a product with the identity would turn −0 into +0. */
function isIdentity({ data, offset, rows, columns, rowStride, columnStride }: Matrix): boolean {
  if (rows !== columns) return false;
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < columns; k++)
      if (data[offset + i * rowStride + k * columnStride] !== (i === k ? 1 : 0)) return false;
  return true;
}

function multiplied(W: Matrix, A: Matrix, budget: Budget): Matrix {
  const { rows } = W;
  const { columns } = A;
  budget.takeBytes(8 * rows * columns);
  budget.takeWork(rows * columns * W.columns);
  const data = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < W.columns; k++) {
      const w = W.data[W.offset + i * W.rowStride + k * W.columnStride];
      const row = A.offset + k * A.rowStride;
      for (let j = 0; j < columns; j++) data[i * columns + j] += w * A.data[row + j * A.columnStride];
    }
  return { data, offset: 0, rows, columns, rowStride: columns, columnStride: 1 };
}

function vector(W: Matrix, c: Float64Array, budget: Budget): Float64Array {
  budget.takeBytes(8 * W.rows);
  budget.takeWork(W.rows * W.columns);
  const y = new Float64Array(W.rows);
  for (let i = 0; i < W.rows; i++)
    for (let k = 0; k < W.columns; k++)
      y[i] += W.data[W.offset + i * W.rowStride + k * W.columnStride] * c[k];
  return y;
}
