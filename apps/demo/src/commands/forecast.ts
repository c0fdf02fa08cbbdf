import type { ForecastOptions } from "../command-line/forecast.ts";
import { UsageError } from "../errors.ts";
import { prepareToSave, save } from "../save.ts";
import { type ForecastRow, forecast } from "../series/forecast.ts";
import { forecastCsv } from "../series/forecast-csv.ts";
import { pastToDraw, plotForecast } from "../series/plot.ts";
import { prepareForecast } from "../series/prepare.ts";
import { readSeries } from "../series/read-series.ts";
import { decimals } from "../series/result-text.ts";
import { checkSeriesNames, seriesModelIn } from "../series/run-file.ts";
import type { Series, SeriesData } from "../series/series-data.ts";
import { timeText } from "../series/time.ts";
import { aligned } from "../terminal/aligned.ts";
import { colorsFor, type Surroundings, widthOf } from "../terminal/streams.ts";
import { readBytes } from "../training/read-bytes.ts";

/** One series with what is expected of it. */
interface Expected {
  readonly series: Series;
  readonly rows: readonly ForecastRow[];
}

/** Writes what comes after the end of the series of a run. */
export async function forecastCommand(
  file: string,
  options: ForecastOptions,
  surroundings: Surroundings,
): Promise<void> {
  const { stdout, stdin, stderr } = surroundings;
  const { model, record, reading, names, fitted } = seriesModelIn(file, await readBytes(file));
  const { settings } = record;
  const { csv, json, quiet, plot, horizon = settings.horizons.at(-1)! } = options;
  if (csv !== undefined && csv !== "-") await prepareToSave(csv, "data");
  const where = options.data ?? record.data;
  const { data } = await readSeries(where, stdin, reading);
  checkSeriesNames(where, data, names);
  const chosen = chooseColumns(reading.columns, options.columns);
  const all = prepareForecast(where, data, settings, fitted, horizon).map(
    (prepared): Expected => ({
      series: prepared.series,
      rows: forecast(model, prepared, settings, data.step, horizon).map((row) => pick(row, chosen)),
    }),
  );
  const columns = chosen.map((c) => reading.columns[c]!);

  if (csv !== undefined) {
    const forecasts = all.map(({ series, rows }) => ({ series: series.name, rows }));
    const text = forecastCsv(columns, data.step, reading.by, forecasts);
    if (csv === "-") {
      stdout.write(text);
      return;
    }
    await save(csv, Buffer.from(text));
    if (!quiet) stderr.write(`Saved: ${csv}\n`);
  }
  if (json)
    stdout.write(
      `${JSON.stringify({ data: data.name, horizon, columns, series: all.map((each) => jsonOf(each, data)) })}\n`,
    );
  else if (plot)
    for (const each of all) stdout.write(charts(each, data, chosen, columns, options, surroundings));
  else if (csv === undefined) for (const each of all) stdout.write(tableOf(each, data, columns));
}

/** The places of the columns to show. @throws UsageError naming those there are */
function chooseColumns(all: readonly string[], wanted: readonly string[] = all): number[] {
  return wanted.map((name) => {
    const place = all.indexOf(name);
    if (place >= 0) return place;
    throw new UsageError(
      `the model has no column ${name}`,
      { got: name, expected: all },
      `It has: ${all.join(", ")}`,
    );
  });
}

function pick({ time, values, low, high }: ForecastRow, columns: readonly number[]): ForecastRow {
  const some = (list: readonly number[]): number[] => columns.map((c) => list[c]!);
  return { time, values: some(values), low: low && some(low), high: high && some(high) };
}

function jsonOf({ series, rows }: Expected, { step }: SeriesData): object {
  return {
    name: series.name,
    rows: rows.map(({ time, ...row }) => ({
      ...(time !== undefined && { time: timeText(time, step) }),
      ...row,
    })),
  };
}

function tableOf({ series, rows }: Expected, { step }: SeriesData, columns: readonly string[]): string {
  const digits = columns.map((_, c) => Math.min(3, decimals(rows.map(({ values }) => Math.abs(values[c]!)))));
  const text = (value: number, c: number): string => value.toFixed(digits[c]!);
  const header = [
    series.name,
    ...columns.flatMap((name) => (rows[0]!.low ? [name, "80 % lie between"] : [name])),
  ];
  const lines = rows.map(({ time, values, low, high }, i) => [
    time === undefined ? `row ${i + 1}` : timeText(time, step),
    ...values.flatMap((value, c) => {
      if (!rows[0]!.low) return [text(value, c)];
      return [text(value, c), low && high ? `${text(low[c]!, c)} to ${text(high[c]!, c)}` : ""];
    }),
  ]);
  return aligned([header, ...lines]);
}

/** A chart for each column. */
function charts(
  { series, rows }: Expected,
  { step }: SeriesData,
  chosen: readonly number[],
  columns: readonly string[],
  { color, ascii = false }: ForecastOptions,
  { stdout, env }: Surroundings,
): string {
  const { values, times } = series;
  const width = widthOf(stdout);
  const drawn = pastToDraw(values.rows, rows.length, width);
  const label = (time: number | undefined, row: number): string =>
    time === undefined ? `row ${row + 1}` : timeText(time, step);
  const first = values.rows - drawn;
  const labels = {
    first: label(times?.[first], first),
    cut: label(times?.at(-1), values.rows - 1),
    last: label(rows.at(-1)!.time, values.rows + rows.length - 1),
  };
  const colored = colorsFor(stdout, env, color).isColorSupported;
  return chosen
    .map((place, c) => {
      const past = Array.from(
        { length: drawn },
        (_, i) => values.data[(first + i) * values.columns + place]!,
      );
      const expected = rows.map((row) => row.values[c]!);
      const title = `${series.name === "" ? "" : `${series.name}: `}${columns[c]}`;
      return `${title}\n${plotForecast(past, expected, labels, { width, color: colored, ascii })}`;
    })
    .join("\n");
}
