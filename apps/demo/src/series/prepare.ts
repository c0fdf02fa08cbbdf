import { View } from "@unroll/kernels";
import { scaleColumns } from "@unroll/train";
import { DataError } from "../errors.ts";
import { calendarOf, calendarSize } from "./calendar.ts";
import { baseRule, type Fitted, fitBase, leftOver } from "./correction.ts";
import { type InputPlan, inputSize, writeInput } from "./inputs.ts";
import { regression } from "./regression.ts";
import type { Rule } from "./rule.ts";
import type { Series, SeriesData } from "./series-data.ts";
import type { Settings } from "./settings.ts";
import { type Split, splitOf } from "./split.ts";
import { addStep } from "./time.ts";

/** A series with all that is needed to forecast it. */
export interface ForecastSeries {
  readonly series: Series;
  readonly base: Rule;
  /** What has the rest of the forecast if the network's share is not all of it. */
  readonly reference: Rule | undefined;
  readonly fitted: Fitted;
  readonly plan: InputPlan;
  /** The first row that the network can say. */
  readonly start: number;
}

/** A series with all that is needed to learn from it, too. */
export interface PreparedSeries extends ForecastSeries {
  readonly split: Split;
}

/**
 * Prepares all series to be learned from. What is fitted is fitted to the learned rows.
 * @throws DataError if a series is too short, or has no dates though the settings want a calendar
 */
export function prepare(where: string, data: SeriesData, settings: Settings): PreparedSeries[] {
  return data.series.map((series, group) => {
    const split = splitOf(where, series, settings);
    const needed = looksBack(settings) + settings.seqLen + 2;
    if (split.train < needed)
      throw new DataError(
        where,
        `${titleOf(series)} has ${series.values.rows} rows, ${split.train} to learn from, expected at least ${needed} of these`,
        { rows: series.values.rows, train: split.train, expected: needed },
        "Take a longer series, or smaller --lags, --reference, --seasons, --seq-len, --validation or --test.",
      );
    const calendar = calendarFor(where, data, series, settings, 0);
    const fitted = fitBase(series.values, calendar, settings, split.learn);
    return { ...assembled(series, calendar, settings, fitted, group, data.series.length), split };
  });
}

/**
 * Prepares all series to be forecast by what was fitted before. `ahead`: rows after the end that will be asked for.
 * @throws DataError if a series is too short or there are no dates where there were some
 */
export function prepareForecast(
  where: string,
  data: SeriesData,
  settings: Settings,
  fitted: readonly Fitted[],
  ahead: number,
): ForecastSeries[] {
  return data.series.map((series, group) => {
    const calendar = calendarFor(where, data, series, settings, ahead);
    const whole = assembled(series, calendar, settings, fitted[group]!, group, fitted.length);
    if (series.values.rows >= whole.start) return whole;
    throw new DataError(
      where,
      `${titleOf(series)} has ${series.values.rows} rows, expected at least ${whole.start} to begin a forecast`,
      { rows: series.values.rows, expected: whole.start },
    );
  });
}

function titleOf({ name }: Series): string {
  return name === "" ? "the series" : name;
}

/** Rows before the first one that can be said. */
function looksBack({ base, lags, seasons, reference }: Settings): number {
  const reach = base === "least-squares" ? lags.at(-1)! : base === "season" ? seasons[0]! : 1;
  return Math.max(reach + lags.at(-1)!, reference.at(-1)!);
}

function assembled(
  series: Series,
  calendar: View | undefined,
  settings: Settings,
  fitted: Fitted,
  group: number,
  groups: number,
): ForecastSeries {
  const { columns } = series.values;
  const base = baseRule(columns, calendar, settings, fitted.weights);
  const reference = fitted.reference && regression(fitted.reference, undefined);
  const start = Math.max(base.warmUp + settings.lags.at(-1)!, reference?.warmUp ?? 0);
  return {
    series,
    base,
    reference,
    fitted,
    plan: { columns, lags: settings.lags, calendar, group, groups },
    start,
  };
}

function calendarFor(
  where: string,
  { reading, step }: SeriesData,
  { times }: Series,
  settings: Settings,
  ahead: number,
): View | undefined {
  if (calendarSize(settings) === 0) return undefined;
  if (!times || !step)
    throw new DataError(
      where,
      "has no dates, expected some for the calendar of the settings",
      { time: reading.time },
      "Name the column of dates with --time, or use --no-weekday --yearly 0 --daily 0.",
    );
  const last = times.at(-1)!;
  const later = Float64Array.from({ length: ahead }, (_, i) => addStep(last, step, i + 1));
  return calendarOf(Float64Array.of(...times, ...later), settings);
}

/** What the base leaves over, scaled: what the network learns to say. */
function targetsOf({ series, base, fitted }: ForecastSeries): Float64Array {
  return scaleColumns(leftOver(base, series.values), fitted.scaling).data as Float64Array;
}

/**
 * Inputs and targets side by side, for windows: row m has the inputs for row start + m and the target of row
 * start + m − 1, so a target stands one row after its inputs. `rows` of the series are used.
 */
export function trainingMatrix(prepared: ForecastSeries, rows: number): View {
  const { plan, start } = prepared;
  const targets = targetsOf(prepared);
  const width = inputSize(plan);
  const columns = width + plan.columns;
  const count = rows - start + 1;
  const X = new View(new Float32Array(count * columns), 0, count, columns);
  for (let m = 0; m < count; m++) {
    const t = start + m;
    if (t < rows) writeInput(plan, targets, t, X.data as Float32Array, m * columns);
    const target = targets.subarray((t - 1) * plan.columns, t * plan.columns);
    X.data.set(target, m * columns + width);
  }
  return X;
}
