import Papa from "papaparse";
import type { ForecastRow } from "./forecast.ts";
import { type TimeStep, timeText } from "./time.ts";

/** A forecast of several series as comma-separated values: time, the series if there are several, each column with its band. */
export function forecastCsv(
  columns: readonly string[],
  step: TimeStep | undefined,
  by: string | undefined,
  forecasts: readonly { readonly series: string; readonly rows: readonly ForecastRow[] }[],
): string {
  const bands = forecasts.some(({ rows }) => rows.some(({ low }) => low));
  const header = [
    forecasts[0]!.rows[0]?.time === undefined ? "row" : "time",
    ...(by === undefined ? [] : [by]),
    ...columns.flatMap((name) => (bands ? [name, `${name} low`, `${name} high`] : [name])),
  ];
  const lines = forecasts.flatMap(({ series, rows }) =>
    rows.map(({ time, values, low, high }, i) => [
      time === undefined ? i + 1 : timeText(time, step),
      ...(by === undefined ? [] : [series]),
      ...values.flatMap((value, c) => (bands ? [value, low?.[c], high?.[c]] : [value])).map(digits),
    ]),
  );
  return `${Papa.unparse([header, ...lines], { newline: "\n" })}\n`;
}

/** Nine digits say more than a forecast knows. */
function digits(value: number | undefined): number | "" {
  return value === undefined ? "" : Number(value.toPrecision(9));
}
