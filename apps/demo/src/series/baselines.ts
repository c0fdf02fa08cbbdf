import type { PreparedSeries } from "./prepare.ts";
import { fitRegression, regression } from "./regression.ts";
import { type Rule, repeat, repeatChange } from "./rule.ts";
import type { Settings } from "./settings.ts";

/** A simple rule to compare with. */
export interface Baseline {
  readonly name: string;
  readonly rule: Rule;
}

/** The simple rules for a series. Least squares are fitted to all rows before the test part. */
export function baselinesOf({ series, split, plan }: PreparedSeries, settings: Settings): Baseline[] {
  const { values } = series;
  const { columns } = values;
  const { seasons, reference, lags } = settings;
  const fit = (some: readonly number[], calendar: typeof plan.calendar): Rule =>
    regression(fitRegression(values, calendar, some, 0, split.validation), calendar);
  const sameInputs = reference.join() === lags.join() && !plan.calendar;
  return [
    { name: "last row", rule: repeat(columns, 1) },
    ...seasons.map((season) => ({ name: `${season} rows ago`, rule: repeat(columns, season) })),
    ...seasons
      .slice(0, 1)
      .map((season) => ({ name: `${season} rows ago + last change`, rule: repeatChange(columns, season) })),
    { name: `least squares, lags ${lagsText(reference)}`, rule: fit(reference, undefined) },
    ...(sameInputs ? [] : [{ name: "least squares, the network's inputs", rule: fit(lags, plan.calendar) }]),
  ];
}

/** `1–7`, `1, 7, 8`. */
export function lagsText(lags: readonly number[]): string {
  const last = lags.at(-1)!;
  return lags.length > 2 && lags.length === last ? `1–${last}` : lags.join(", ");
}
