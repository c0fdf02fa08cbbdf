import { View } from "@unroll/kernels";
import { leastSquares } from "@unroll/linalg";
import type { Rule } from "./rule.ts";

/** The weights of a regression, as plain data. */
export interface Weights {
  readonly columns: number;
  /** The rows before t that are read: t − lag. */
  readonly lags: readonly number[];
  /** For each input a weight of each column: 1; the columns at each lag; the calendar. */
  readonly weights: readonly number[];
}

/**
 * ŷ_t = w_0 + Σ_lag W_lag y_{t−lag} + V k_t, where k_t is known in advance: least squares over the rows [from, to).
 * With lags 1 … p and no calendar this is a vector autoregression, VAR(p).
 */
export function fitRegression(
  values: View,
  calendar: View | undefined,
  lags: readonly number[],
  from: number,
  to: number,
): Weights {
  const { columns } = values;
  const width = 1 + lags.length * columns + (calendar?.columns ?? 0);
  const first = Math.max(from, ...lags);
  const A = new View(new Float64Array((to - first) * width), 0, to - first, width);
  for (let t = first; t < to; t++)
    writeInputs(
      A.data as Float64Array,
      (t - first) * width,
      values.data as Float64Array,
      columns,
      calendar,
      lags,
      t,
    );
  const B = new View(values.data, first * columns, to - first, columns);
  return { columns, lags, weights: Array.from(leastSquares(A, B).data) };
}

/** The regression as a rule. `calendar` has a row for each moment that is asked for. */
export function regression({ columns, lags, weights }: Weights, calendar: View | undefined): Rule {
  const width = 1 + lags.length * columns + (calendar?.columns ?? 0);
  const inputs = new Float64Array(width);
  return {
    warmUp: Math.max(0, ...lags),
    predict(values, t) {
      writeInputs(inputs, 0, values, columns, calendar, lags, t);
      for (let c = 0; c < columns; c++) {
        let sum = 0;
        for (let i = 0; i < width; i++) sum += inputs[i]! * weights[i * columns + c]!;
        values[t * columns + c] = sum;
      }
    },
  };
}

function writeInputs(
  inputs: Float64Array,
  at: number,
  values: Float64Array,
  columns: number,
  calendar: View | undefined,
  lags: readonly number[],
  t: number,
): void {
  inputs[at] = 1;
  let i = at + 1;
  for (const lag of lags) for (let c = 0; c < columns; c++) inputs[i++] = values[(t - lag) * columns + c]!;
  if (calendar)
    for (let c = 0; c < calendar.columns; c++) inputs[i++] = calendar.data[t * calendar.columns + c]!;
}
