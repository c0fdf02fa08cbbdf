import { NonFiniteError, OptionError, ShapeError, ValueError, type View } from "@unroll/kernels";
import { integer } from "./options.ts";

/** Checks that a view has columns and lies inside its data, and that every number is finite. */
export function checkMatrix(where: string, name: string, X: View): void {
  if (X.columns < 1) throw new ShapeError(where, name, [X.rows, X.columns], [X.rows, "at least 1 column"]);
  const needed = X.rows === 0 ? 0 : X.offset + (X.rows - 1) * X.stride + X.columns;
  if (X.data.length < needed)
    throw new ValueError(where, `length of the data of ${name}`, X.data.length, `at least ${needed}`);
  for (let row = 0; row < X.rows; row++) {
    for (let column = 0; column < X.columns; column++) {
      const value = X.data[X.offset + row * X.stride + column] as number;
      if (!Number.isFinite(value)) throw new NonFiniteError(where, name, value, { row, column });
    }
  }
}

/** A choice of columns, all by default. @throws OptionError */
export function chooseColumns(
  where: string,
  name: string,
  chosen: readonly number[] | undefined,
  columns: number,
): Int32Array {
  if (chosen === undefined) return Int32Array.from({ length: columns }, (_, c) => c);
  if (!Array.isArray(chosen) || chosen.length === 0)
    throw new OptionError(where, name, chosen, "an array of at least one column");
  return Int32Array.from(chosen, (c, i) => integer(where, `${name}[${i}]`, c, 0, columns - 1));
}

/** Row `row` of Y ← the chosen columns of row `from` of X. */
export function copyColumns(Y: View, row: number, X: View, from: number, chosen: Int32Array): void {
  const start = Y.offset + row * Y.stride;
  const source = X.offset + from * X.stride;
  for (let c = 0; c < chosen.length; c++)
    Y.data[start + c] = X.data[source + (chosen[c] as number)] as number;
}

export function clearRow(Y: View, row: number): void {
  const start = Y.offset + row * Y.stride;
  Y.data.fill(0, start, start + Y.columns);
}
