import type { View } from "@unroll/kernels";

/** What the network reads to say row t: what the base left over at some lags, the calendar of t, which series it is. */
export interface InputPlan {
  /** Quantities of the series. */
  readonly columns: number;
  readonly lags: readonly number[];
  readonly calendar: View | undefined;
  /** The number of the series among `groups` of them. */
  readonly group: number;
  readonly groups: number;
}

/** Number of inputs. A single series needs no number. */
export function inputSize({ columns, lags, calendar, groups }: Omit<InputPlan, "group">): number {
  return lags.length * columns + (calendar?.columns ?? 0) + (groups > 1 ? groups : 0);
}

/** X[at…] ← the inputs for row t, from the scaled leftovers of the rows before it. */
export function writeInput(
  { columns, lags, calendar, group, groups }: InputPlan,
  left: Float64Array,
  t: number,
  X: Float32Array,
  at: number,
): void {
  let i = at;
  for (const lag of lags) for (let c = 0; c < columns; c++) X[i++] = left[(t - lag) * columns + c]!;
  if (calendar) for (let c = 0; c < calendar.columns; c++) X[i++] = calendar.data[t * calendar.columns + c]!;
  if (groups > 1) for (let g = 0; g < groups; g++) X[i++] = g === group ? 1 : 0;
}
