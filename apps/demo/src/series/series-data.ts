import { View } from "@unroll/kernels";
import { DataError } from "../errors.ts";
import { columnIndex, isMissing, numberOf, parseTable, type Table } from "./table.ts";
import { parseTime, stepOf, type TimeStep, timeText } from "./time.ts";

/** Which columns of a table are what. */
export interface Reading {
  /** The numbers to forecast. */
  readonly columns: readonly string[];
  /** When a row was: a column of dates, or three of year, month and day. */
  readonly time?: string | readonly [year: string, month: string, day: string] | undefined;
  /** The column that tells several series apart, as places. */
  readonly by?: string | undefined;
  /** A missing value is the one before it; unless given it is an error. */
  readonly fill?: boolean | undefined;
}

/** One series: a row for each moment. */
export interface Series {
  /** What the column that tells series apart says, or nothing. */
  readonly name: string;
  /** Float64, a row for each moment, a column for each quantity. */
  readonly values: View;
  readonly times: Float64Array | undefined;
}

export interface SeriesData {
  /** `births`, or the file's name. */
  readonly name: string;
  readonly reading: Reading;
  readonly step: TimeStep | undefined;
  readonly series: readonly Series[];
}

/**
 * The series that a table holds. What the reading leaves open is found out: `time` is the first column of dates, and
 * `columns` are those whose first value is a number.
 * @throws DataError, with line and column, for a value that is missing or no number, and for time that goes back
 */
export function seriesOf(name: string, text: string, where: string, wanted: Partial<Reading>): SeriesData {
  const table = parseTable(where, text);
  const reading = completed(table, wanted);
  const groups = groupsOf(table, reading.by);
  const times = timesOf(table, reading.time);
  const columns = reading.columns.map((column) => columnIndex(table, column));
  const series = [...groups].map(([group, rows]) => ({
    name: group,
    values: valuesOf(table, rows, columns, reading.fill ?? false),
    times: times && Float64Array.from(rows, (row) => times[row]!),
  }));
  for (const [i, { times }] of series.entries())
    if (times) checkOrder(table, [...groups.values()][i]!, times, reading.by);
  const first = series[0]!.times;
  return { name, reading, step: first && stepOf([...first]), series };
}

function completed(table: Table, { columns, time, by, fill }: Partial<Reading>): Reading {
  const { where, header, rows, lines } = table;
  const found = time ?? header.find((_, i) => parseTime(rows[0]![i]!) !== undefined);
  const taken = new Set([by, ...(Array.isArray(found) ? found : [found])]);
  const numeric = header.filter((name, i) => !taken.has(name) && firstIsNumber(rows, i));
  if (!columns && numeric.length === 0) {
    const text = header.find((name) => !taken.has(name)) ?? header[0]!;
    const shown = JSON.stringify(rows[0]![header.indexOf(text)]!);
    throw new DataError(
      where,
      `no column holds numbers: in line ${lines[0]}, column ${text}, stands ${shown}`,
      { line: lines[0], column: text },
      "A decimal point must be a point.",
    );
  }
  return { columns: columns ?? numeric, time: found, by, fill };
}

function firstIsNumber(rows: Table["rows"], column: number): boolean {
  const first = rows.find((row) => !isMissing(row[column]!));
  return first !== undefined && numberOf(first[column]!) !== undefined;
}

/** The rows of each series, in the order of the file. */
function groupsOf(table: Table, by: string | undefined): Map<string, number[]> {
  const column = by === undefined ? -1 : columnIndex(table, by);
  const groups = new Map<string, number[]>();
  for (const [i, row] of table.rows.entries()) {
    const name = column < 0 ? "" : row[column]!;
    const rows = groups.get(name);
    if (rows) rows.push(i);
    else groups.set(name, [i]);
  }
  return groups;
}

function valuesOf(table: Table, rows: readonly number[], columns: readonly number[], fill: boolean): View {
  const data = new Float64Array(rows.length * columns.length);
  for (const [r, row] of rows.entries())
    for (const [c, column] of columns.entries()) {
      const at = r * columns.length + c;
      const field = table.rows[row]![column]!;
      const value = isMissing(field) && fill && r > 0 ? data[at - columns.length] : numberOf(field);
      if (value === undefined) throw badField(table, row, column, field, fill);
      data[at] = value;
    }
  return new View(data, 0, rows.length, columns.length);
}

function badField(table: Table, row: number, column: number, field: string, fill: boolean): DataError {
  const line = table.lines[row]!;
  const place = `line ${line}, column ${table.header[column]}`;
  const details = { line, column: table.header[column], got: field, expected: "a number" };
  if (!isMissing(field))
    return new DataError(
      table.where,
      `${place}: ${JSON.stringify(field)} is no number`,
      details,
      "A decimal point must be a point. Choose the columns of numbers with --columns.",
    );
  return new DataError(
    table.where,
    `${place}: the value is missing${field === "" ? "" : ` (${field})`}, expected a number`,
    details,
    fill
      ? "There is no value before it to fill it with."
      : "With --fill it is taken to be the one before it.",
  );
}

function timesOf(table: Table, time: Reading["time"]): number[] | undefined {
  if (time === undefined) return undefined;
  const names = typeof time === "string" ? [time] : time;
  const columns = names.map((name) => columnIndex(table, name));
  return table.rows.map((row, i) => {
    const text = columns.map((column) => row[column]!).join("-");
    const value = parseTime(text);
    if (value !== undefined) return value;
    const line = table.lines[i]!;
    throw new DataError(
      table.where,
      `line ${line}, column ${names.join(", ")}: ${JSON.stringify(text)} is no date, expected one as 2015-12-31`,
      { line, column: names, got: text },
    );
  });
}

/** @throws DataError if time stands still or goes back */
function checkOrder(
  table: Table,
  rows: readonly number[],
  times: Float64Array,
  by: string | undefined,
): void {
  for (let i = 1; i < rows.length; i++) {
    if (times[i]! > times[i - 1]!) continue;
    const line = table.lines[rows[i]!]!;
    const [before, after] = [timeText(times[i - 1]!, HOURLY), timeText(times[i]!, HOURLY)];
    const said = times[i] === times[i - 1] ? `${after} stands there twice` : `${after} comes after ${before}`;
    const advice =
      by === undefined
        ? "If these are several series, name the column that tells them apart with --by."
        : "Rows must be in the order of time.";
    throw new DataError(table.where, `line ${line}: ${said}, expected time to go on`, { line }, advice);
  }
}

const HOURLY: TimeStep = { milliseconds: 3_600_000 };
