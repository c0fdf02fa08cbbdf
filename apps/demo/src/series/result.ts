import type { SequenceModel } from "@unroll/model";
import { type Baseline, baselinesOf } from "./baselines.ts";
import { NetworkRule } from "./network-rule.ts";
import type { ForecastSeries, PreparedSeries } from "./prepare.ts";
import type { Rule } from "./rule.ts";
import { type ErrorFigures, errorsAhead, figuresOf } from "./score.ts";
import type { Settings } from "./settings.ts";

/** The errors of one rule on one series: for each horizon, for each quantity. */
export interface RuleFigures {
  readonly name: string;
  readonly errors: readonly (readonly ErrorFigures[])[];
}

/** What came out for one series. */
export interface SeriesFigures {
  readonly series: string;
  readonly columns: readonly string[];
  readonly horizons: readonly number[];
  /** Simple rules. */
  readonly baselines: readonly RuleFigures[];
  /** The network alone, if the forecast is not all its own. */
  readonly alone?: RuleFigures | undefined;
  /** What is saved: the network, of several seeds their mean, with its share. */
  readonly network: RuleFigures;
  /** Each seed, if there are several. */
  readonly seeds: readonly RuleFigures[];
}

/** The errors of a rule on the rows from `from` on. */
function ruleFigures(
  name: string,
  rule: Rule,
  { series, plan }: ForecastSeries,
  from: number,
  horizons: readonly number[],
): RuleFigures {
  const errors = errorsAhead(rule, series.values, from, horizons);
  return { name, errors: horizons.map((h) => figuresOf(errors.get(h)!, plan.columns)) };
}

/** The errors of a network on the rows from `from` on. */
export function networkFigures(
  name: string,
  model: SequenceModel,
  prepared: ForecastSeries,
  from: number,
  { horizons, share }: Pick<Settings, "horizons" | "share">,
): RuleFigures {
  const rule = new NetworkRule(model, prepared, prepared.series.values.rows, share);
  return ruleFigures(name, rule, prepared, from, horizons);
}

/** The errors of the simple rules that can look back far enough. */
export function baselineFigures(
  prepared: PreparedSeries,
  settings: Settings,
  from: number,
  horizons: readonly number[] = settings.horizons,
): RuleFigures[] {
  const first = from - horizons.at(-1)! + 1;
  return baselinesOf(prepared, settings)
    .filter(({ rule }: Baseline) => rule.warmUp <= first)
    .map(({ name, rule }) => ruleFigures(name, rule, prepared, from, horizons));
}
