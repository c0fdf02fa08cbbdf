import { type ReadingOptions, readingOf } from "../command-line/series-options.ts";
import type { DataKind } from "../data-sets.ts";
import { aligned } from "../terminal/aligned.ts";
import { countText, sparkline } from "../terminal/words.ts";
import { BUILT_IN } from "./built-in.ts";
import { presetFor } from "./presets.ts";
import { readSeries } from "./read-series.ts";
import { decimals } from "./result-text.ts";
import type { Series, SeriesData } from "./series-data.ts";
import { splitOf } from "./split.ts";
import { type TimeStep, timeText } from "./time.ts";

/** Series of numbers. */
export const kind: DataKind = {
  task: "series",
  endings: [".csv"],
  builtIn: Object.fromEntries(Object.entries(BUILT_IN).map(([name, { about }]) => [name, about])),
  async describe(given, { stdin }, options) {
    const { data } = await readSeries(given, stdin, readingOf(options as ReadingOptions));
    const preset = presetFor(given, data);
    const about = data.series.map((series) => {
      const { train, validation, rows } = splitOf(given, series, preset);
      return { ...factsOf(series, data), split: { train, validation, test: rows } };
    });
    return {
      text: `${data.name}: ${columnsText(data.reading.columns.length)} of numbers${stepText(data.step)}\n${data.series
        .map((series, i) => `${seriesText(series, data)}${splitText(about[i]!.split)}`)
        .join("")}`,
      fields: { name: data.name, reading: data.reading, series: about, settings: preset },
    };
  },
};

interface ColumnFacts {
  readonly name: string;
  readonly least: number;
  readonly mean: number;
  readonly most: number;
  readonly last: number;
}

function columnFacts({ values }: Series, names: readonly string[]): ColumnFacts[] {
  return names.map((name, c) => {
    let [least, most, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
    for (let r = 0; r < values.rows; r++) {
      const value = values.data[r * values.columns + c]!;
      least = Math.min(least, value);
      most = Math.max(most, value);
      sum += value;
    }
    const last = values.data[(values.rows - 1) * values.columns + c]!;
    return { name, least, mean: sum / values.rows, most, last };
  });
}

function factsOf(series: Series, { reading, step }: SeriesData): object {
  const { name, values, times } = series;
  return {
    name,
    rows: values.rows,
    ...(times && { from: timeText(times[0]!, step), to: timeText(times.at(-1)!, step) }),
    columns: columnFacts(series, reading.columns),
  };
}

function seriesText(series: Series, { reading, step }: SeriesData): string {
  const { name, values, times } = series;
  const span = times ? `, ${timeText(times[0]!, step)} to ${timeText(times.at(-1)!, step)}` : "";
  const rows = columnFacts(series, reading.columns).map(({ name: column, ...facts }, c) => {
    const numbers = [facts.least, facts.mean, facts.most, facts.last];
    const digits = Math.min(3, decimals(numbers.map(Math.abs)));
    return [column, ...numbers.map((value) => value.toFixed(digits)), sparkline(parts(series, c, 24))];
  });
  const title = `${name === "" ? "rows" : `${name}, rows`}: ${countText(values.rows)}${span}\n`;
  return title + aligned([["column", "least", "mean", "most", "last", "course"], ...rows]);
}

/** A column in so many parts, the mean of each. */
function parts({ values }: Series, column: number, count: number): number[] {
  const size = Math.max(1, Math.ceil(values.rows / count));
  return Array.from({ length: Math.ceil(values.rows / size) }, (_, i) => {
    const end = Math.min(values.rows, (i + 1) * size);
    let sum = 0;
    for (let r = i * size; r < end; r++) sum += values.data[r * values.columns + column]!;
    return sum / (end - i * size);
  });
}

function splitText({ train, validation, test }: { train: number; validation: number; test: number }): string {
  return `${countText(train)} rows to learn from, ${countText(validation - train)} to validate, ${countText(test - validation)} to test\n`;
}

function columnsText(count: number): string {
  return count === 1 ? "1 column" : `${count} columns`;
}

function stepText(step: TimeStep | undefined): string {
  if (!step) return ", no dates";
  if ("months" in step) return step.months === 1 ? ", a row a month" : `, a row every ${step.months} months`;
  const hours = step.milliseconds / 3_600_000;
  if (hours === 24) return ", a row a day";
  return hours === 1 ? ", a row an hour" : `, a row every ${Number(hours.toPrecision(4))} hours`;
}
