import { View } from "@unroll/kernels";
import { type Scaling, standardScaling } from "@unroll/train";
import { fitRegression, regression, type Weights } from "./regression.ts";
import { type Rule, repeat, zero } from "./rule.ts";
import type { Settings } from "./settings.ts";

/** What was fitted to the learned rows of one series, as plain data. */
export interface Fitted {
  readonly weights?: Weights | undefined;
  /** The least squares that have a share in the forecast, if they have one. */
  readonly reference?: Weights | undefined;
  /** Of what the base leaves over. */
  readonly scaling: Scaling;
}

type BaseSettings = Pick<Settings, "base" | "lags" | "seasons">;

/** Fits the base, and then the scaling of what it leaves over, to the rows [0, learn). */
export function fitBase(
  values: View,
  calendar: View | undefined,
  settings: BaseSettings & Pick<Settings, "reference" | "share">,
  learn: number,
): Fitted {
  const weights =
    settings.base === "least-squares" ? fitRegression(values, calendar, settings.lags, 0, learn) : undefined;
  const base = baseRule(values.columns, calendar, settings, weights);
  const left = leftOver(base, values);
  const reference =
    settings.share < 1 ? fitRegression(values, undefined, settings.reference, 0, learn) : undefined;
  return { weights, reference, scaling: standardScaling(left, { from: base.warmUp, to: learn }) };
}

/** The rule that the network corrects. */
export function baseRule(
  columns: number,
  calendar: View | undefined,
  { base, seasons }: BaseSettings,
  weights: Weights | undefined,
): Rule {
  if (weights) return regression(weights, calendar);
  if (base === "last") return repeat(columns, 1);
  return base === "season" ? repeat(columns, seasons[0]!) : zero(columns);
}

/** y_t − ŷ_t for every row, 0 before the base can say one. */
export function leftOver(base: Rule, values: View): View {
  const { rows, columns } = values;
  const truth = values.data as Float64Array;
  const left = new Float64Array(rows * columns);
  const scratch = truth.slice();
  for (let t = base.warmUp; t < rows; t++) {
    base.predict(scratch, t);
    for (let i = t * columns; i < (t + 1) * columns; i++) left[i] = truth[i]! - scratch[i]!;
    scratch.set(truth.subarray(t * columns, (t + 1) * columns), t * columns);
  }
  return new View(left, 0, rows, columns);
}
