import type { View } from "@unroll/kernels";
import type { Rule } from "./rule.ts";

/** Errors of one quantity so many rows ahead. */
export interface ErrorFigures {
  /** Mean of |ŷ − y|. */
  readonly mae: number;
  /** √ of the mean of (ŷ − y)². */
  readonly rmse: number;
}

/** For each horizon the errors ŷ − y of the rows [from, rows), a row for each and a column for each quantity. */
export type ErrorsAhead = ReadonlyMap<number, Float64Array>;

/**
 * Forecasts the rows [from, rows) of a series from every moment that lies a horizon before one of them. The true past up
 * to that moment is given, what comes after it the rule says to itself.
 */
export function errorsAhead(
  rule: Rule,
  values: View,
  from: number,
  horizons: readonly number[],
): ErrorsAhead {
  const { rows, columns } = values;
  const truth = values.data as Float64Array;
  const scratch = truth.slice();
  const longest = Math.max(...horizons);
  const errors = new Map(horizons.map((h) => [h, new Float64Array((rows - from) * columns)]));
  for (let first = from - longest + 1; first < rows; first++) {
    const end = Math.min(first + longest, rows);
    rule.follow?.(scratch, first);
    for (let t = first; t < end; t++) {
      rule.predict(scratch, t);
      const found = t >= from ? errors.get(t - first + 1) : undefined;
      if (!found) continue;
      for (let c = 0; c < columns; c++) {
        const at = t * columns + c;
        found[at - from * columns] = scratch[at]! - truth[at]!;
      }
    }
    scratch.set(truth.subarray(first * columns, end * columns), first * columns);
  }
  return errors;
}

/** The figures of each column. */
export function figuresOf(errors: Float64Array, columns: number): ErrorFigures[] {
  const rows = errors.length / columns;
  return Array.from({ length: columns }, (_, c) => {
    let [absolute, squares] = [0, 0];
    for (let i = c; i < errors.length; i += columns) {
      absolute += Math.abs(errors[i]!);
      squares += errors[i]! * errors[i]!;
    }
    return { mae: absolute / rows, rmse: Math.sqrt(squares / rows) };
  });
}
