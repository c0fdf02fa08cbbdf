import Papa from "papaparse";
import { DataError } from "../errors.ts";

/** A text and its label. */
export interface LabelledLine {
  readonly label: string;
  readonly text: string;
  /** Where it stands in the file, the first line being 1. */
  readonly line: number;
}

/** Labelled lines and where they come from. */
export interface NamedLines {
  /** `names`, or the file's name without its ending. */
  readonly name: string;
  /** What messages call it. */
  readonly where: string;
  /** What one of them is called: `name`, `line`. */
  readonly noun: string;
  readonly lines: readonly LabelledLine[];
  /** What was read. */
  readonly bytes: Uint8Array;
}

/** The surnames of @unroll/datasets: JSON of a list for each label. */
export function builtInLines(json: string): LabelledLine[] {
  const names = JSON.parse(json) as Record<string, string[]>;
  return Object.entries(names).flatMap(([label, texts]) =>
    texts.map((text): LabelledLine => ({ label, text, line: 1 })),
  );
}

/**
 * Reads lines `label<TAB>text`; or, where the first line has no tab, comma-separated values: with the names `label` and
 * `text` in the first line, in any order and among others, or of two columns, the label first. Empty lines are left out.
 * @throws DataError with the line: no tab, another number of fields, no label, no text, a quotation mark that is not closed
 */
export function parseLabelled(where: string, text: string): LabelledLine[] {
  const first = text.split("\n").find((line) => line.trim() !== "") ?? "";
  const lines = first.includes("\t") ? tabbed(where, text) : separated(where, text);
  for (const { label, text: own, line } of lines) {
    if (label === "") throw new DataError(where, `line ${line} has no label`, { line });
    if (own === "") throw new DataError(where, `line ${line} has a label but no text`, { line });
  }
  return lines;
}

function tabbed(where: string, text: string): LabelledLine[] {
  return text.split("\n").flatMap((whole, i) => {
    if (whole.trim() === "") return [];
    const at = whole.indexOf("\t");
    if (at < 0)
      throw new DataError(where, `line ${i + 1} has no tab, expected label, tab, text`, {
        line: i + 1,
        got: whole.slice(0, 80),
        expected: "label<TAB>text",
      });
    return [{ label: whole.slice(0, at).trim(), text: whole.slice(at + 1).trim(), line: i + 1 }];
  });
}

function separated(where: string, text: string): LabelledLine[] {
  const rows = fieldsOf(where, text);
  const header = rows[0]?.fields.map((field) => field.toLowerCase()) ?? [];
  const named = header.includes("label") && header.includes("text");
  const [label, own] = named ? [header.indexOf("label"), header.indexOf("text")] : [0, 1];
  const width = named ? header.length : 2;
  return rows.slice(named ? 1 : 0).map(({ fields, line }) => {
    if (fields.length !== width)
      throw new DataError(
        where,
        `line ${line} has ${fields.length} ${fields.length === 1 ? "field" : "fields"}, expected ${width}: ` +
          (named ? "as the first line has" : "label and text"),
        { line, got: fields.length, expected: width },
        "Expected lines of label, tab, text; or comma-separated values that have the names label and text in their first line.",
      );
    return { label: fields[label]!, text: fields[own]!, line };
  });
}

interface Row {
  readonly fields: readonly string[];
  readonly line: number;
}

function fieldsOf(where: string, text: string): Row[] {
  const { data, errors } = Papa.parse<string[]>(text.trimEnd());
  let line = 1;
  const rows = data.map((fields): Row => {
    const row = { line, fields: fields.map((field) => field.trim()) };
    line += 1 + fields.reduce((sum, field) => sum + field.split("\n").length - 1, 0);
    return row;
  });
  const broken = errors.find(({ type }) => type === "Quotes");
  if (broken) {
    const at = rows[broken.row ?? 0]?.line ?? 1;
    throw new DataError(where, `line ${at}: a quotation mark is not closed`, { line: at });
  }
  return rows.filter(({ fields }) => fields.some((field) => field !== ""));
}
