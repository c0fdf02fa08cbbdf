import Papa from "papaparse";
import { DataError } from "../errors.ts";

/** Lines of fields with names. */
export interface Table {
  /** What messages call it. */
  readonly where: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The line of the file in which each row begins, the first being 1. */
  readonly lines: readonly number[];
}

/**
 * Reads comma-separated values; semicolons, tabs and bars are found out. The first line names the columns, unless all
 * of it are numbers: then they are called `column 1`, `column 2`, … Empty lines are left out.
 * @throws DataError, with the line, if rows have different numbers of fields, a quote is not closed, a name is missing
 * or stands there twice, or there is no row
 */
export function parseTable(where: string, text: string): Table {
  const { data, errors } = Papa.parse<string[]>(text.trimEnd(), { skipEmptyLines: false });
  const broken = errors.find(({ type }) => type === "Quotes");
  let line = 1;
  const all = data.map((fields) => {
    const row = { line, fields: fields.map((field) => field.trim()) };
    line += 1 + fields.reduce((sum, field) => sum + field.split("\n").length - 1, 0);
    return row;
  });
  if (broken) {
    const at = all[broken.row ?? 0]?.line ?? 1;
    throw new DataError(where, `line ${at}: a quotation mark is not closed`, { line: at });
  }
  const filled = all.filter(({ fields }) => fields.some((field) => field !== ""));
  const [first, ...rest] = filled;
  if (!first) throw new DataError(where, "is empty, expected comma-separated values");
  const named = !first.fields.every((field) => field !== "" && Number.isFinite(Number(field)));
  const header = named ? first.fields : first.fields.map((_, i) => `column ${i + 1}`);
  if (named) checkHeader(where, first.line, header);
  const rows = named ? rest : filled;
  if (rows.length === 0)
    throw new DataError(where, `has nothing but line ${first.line}, expected rows of numbers below it`, {
      line: first.line,
    });
  for (const { line, fields } of rows)
    if (fields.length !== header.length)
      throw new DataError(
        where,
        `line ${line} has ${fieldsText(fields.length)}, expected ${header.length} as line ${first.line} has`,
        { line, got: fields.length, expected: header.length },
      );
  return { where, header, rows: rows.map(({ fields }) => fields), lines: rows.map(({ line }) => line) };
}

function checkHeader(where: string, line: number, header: readonly string[]): void {
  for (const [i, name] of header.entries()) {
    if (name === "")
      throw new DataError(where, `line ${line}: column ${i + 1} has no name`, { line, column: i + 1 });
    if (header.indexOf(name) < i)
      throw new DataError(where, `line ${line}: two columns are called ${name}`, { line, column: name });
  }
}

function fieldsText(count: number): string {
  return count === 1 ? "1 field" : `${count} fields`;
}

/** The place of a column. @throws DataError naming those there are */
export function columnIndex({ where, header }: Table, name: string): number {
  const index = header.indexOf(name);
  if (index >= 0) return index;
  throw new DataError(
    where,
    `has no column ${name}`,
    { got: name, expected: header },
    `It has: ${header.join(", ")}`,
  );
}

/** Whether a field says that its value is missing. */
export function isMissing(field: string): boolean {
  return MISSING.has(field.toLowerCase());
}

const MISSING: ReadonlySet<string> = new Set(["", "na", "n/a", "nan", "null", "none", "-", "?", "."]);

/** A field as a number, or undefined if it is none. */
export function numberOf(field: string): number | undefined {
  const value = /^[+-]?(\d|\.\d)/.test(field) ? Number(field) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}
