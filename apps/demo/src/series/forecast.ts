import type { SequenceModel } from "@unroll/model";
import { NetworkRule } from "./network-rule.ts";
import type { ForecastSeries } from "./prepare.ts";
import { errorsAhead } from "./score.ts";
import type { Settings } from "./settings.ts";
import { addStep, type TimeStep } from "./time.ts";

/** What is expected of one row to come. */
export interface ForecastRow {
  /** Milliseconds since 1970, if the series has dates. */
  readonly time: number | undefined;
  readonly values: readonly number[];
  /** Four of five values should lie from here … */
  readonly low: readonly number[] | undefined;
  /** … to here. */
  readonly high: readonly number[] | undefined;
}

/** Fewer errors than this say too little about what to expect. */
const LEAST_ERRORS = 30;

/**
 * The rows after the end of a series. The band is where four fifths of the last `settings.test` rows lay, seen from as
 * far before: the tenth and the ninetieth percentile of y − ŷ are added to ŷ. Undefined where too few rows can say it.
 */
export function forecast(
  model: SequenceModel,
  prepared: ForecastSeries,
  settings: Settings,
  step: TimeStep | undefined,
  ahead: number,
): ForecastRow[] {
  const { series, plan } = prepared;
  const { rows } = series.values;
  const { columns } = plan;
  const values = new Float64Array((rows + ahead) * columns);
  values.set(series.values.data as Float64Array);
  const rule = new NetworkRule(model, prepared, rows + ahead, settings.share);
  rule.follow(values, rows);
  for (let t = rows; t < rows + ahead; t++) rule.predict(values, t);

  const bands = bandsOf(model, prepared, settings, ahead);
  const last = series.times?.at(-1);
  return Array.from({ length: ahead }, (_, i) => {
    const row = Array.from(values.subarray((rows + i) * columns, (rows + i + 1) * columns));
    const band = bands[i];
    return {
      time: last === undefined || !step ? undefined : addStep(last, step, i + 1),
      values: row,
      low: band && row.map((value, c) => value + band.low[c]!),
      high: band && row.map((value, c) => value + band.high[c]!),
    };
  });
}

interface Band {
  readonly low: number[];
  readonly high: number[];
}

/** The percentiles of y − ŷ for each row ahead and each column. */
function bandsOf(
  model: SequenceModel,
  prepared: ForecastSeries,
  { share, test }: Settings,
  ahead: number,
): (Band | undefined)[] {
  const { series, plan, start } = prepared;
  const { rows } = series.values;
  const tested = Math.floor(test < 1 ? test * rows : test);
  const longest = Math.min(ahead, rows - LEAST_ERRORS - start);
  if (longest < 1) return [];
  const from = Math.max(rows - tested, start + longest - 1);
  if (rows - from < LEAST_ERRORS) return [];
  const rule = new NetworkRule(model, prepared, rows, share);
  const horizons = Array.from({ length: longest }, (_, i) => i + 1);
  const errors = errorsAhead(rule, series.values, from, horizons);
  return horizons.map((horizon) => {
    const found = errors.get(horizon)!;
    const band: Band = { low: [], high: [] };
    for (let c = 0; c < plan.columns; c++) {
      const column = found.filter((_, i) => i % plan.columns === c).sort();
      band.low.push(-column[Math.ceil(0.9 * column.length) - 1]!);
      band.high.push(-column[Math.floor(0.1 * column.length)]!);
    }
    return band;
  });
}
