import { ShapeError, ValueError, View } from "@unroll/kernels";
import { checkMatrix } from "./matrices.ts";
import { integer, knownOptions } from "./options.ts";

/** z = (x - shift_c) / scale_c in each column c. Plain data that survives JSON. */
export interface Scaling {
  readonly shift: readonly number[];
  /** Above 0. */
  readonly scale: readonly number[];
}

export interface StandardScalingOptions {
  /** The rows it is fitted on: [from, to). Default: all. Those of the training part, so that no test row leaks into it. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/**
 * The scaling that gives columns the mean 0 and the standard deviation 1 (over the number of rows) on the rows it is
 * fitted on: shift = (1/R) Σ x_r, scale = √((1/R) Σ (x_r - shift)²). A column that is constant there gets scale 1.
 * @throws NonFiniteError with row and column, OptionError, ValueError if there is no row
 */
export function standardScaling(X: View, options: StandardScalingOptions = {}): Scaling {
  const where = "standardScaling";
  knownOptions(where, options, ["from", "to"]);
  checkMatrix(where, "X", X);
  const from = integer(where, "from", options.from ?? 0, 0, X.rows);
  const to = integer(where, "to", options.to ?? X.rows, from, X.rows);
  const count = to - from;
  if (count === 0) throw new ValueError(where, "number of rows", 0, "at least 1");
  const shift = new Array<number>(X.columns).fill(0);
  const squares = new Array<number>(X.columns).fill(0);
  const at = (r: number, c: number): number => X.data[X.offset + r * X.stride + c] as number;
  for (let c = 0; c < X.columns; c++) {
    for (let r = from; r < to; r++) shift[c] = (shift[c] as number) + at(r, c) / count;
    for (let r = from; r < to; r++) {
      const d = at(r, c) - (shift[c] as number);
      squares[c] = (squares[c] as number) + (d * d) / count;
    }
  }
  return { shift, scale: squares.map((square) => Math.sqrt(square) || 1) };
}

/** (x - shift) / scale as a new matrix of the same type. @throws ShapeError if the columns are not as many */
export function scaleColumns(X: View, scaling: Scaling): View {
  return mapped("scaleColumns", X, scaling, (x, shift, scale) => (x - shift) / scale);
}

/** z · scale + shift as a new matrix of the same type: undoes `scaleColumns`. @throws ShapeError */
export function unscaleColumns(Z: View, scaling: Scaling): View {
  return mapped("unscaleColumns", Z, scaling, (z, shift, scale) => z * scale + shift);
}

function mapped(
  where: string,
  X: View,
  { shift, scale }: Scaling,
  value: (x: number, shift: number, scale: number) => number,
): View {
  const { rows, columns } = X;
  if (shift.length !== columns || scale.length !== columns)
    throw new ShapeError(where, "X", [rows, columns], [rows, shift.length]);
  const data =
    X.data instanceof Float32Array ? new Float32Array(rows * columns) : new Float64Array(rows * columns);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) {
      const x = X.data[X.offset + r * X.stride + c] as number;
      data[r * columns + c] = value(x, shift[c] as number, scale[c] as number);
    }
  return new View(data, 0, rows, columns);
}
