import { durationText } from "../terminal/words.ts";
import { spread } from "../training/spread.ts";
import type { RuleFigures, SeriesFigures } from "./result.ts";
import type { ErrorFigures } from "./score.ts";

/** What a number of a table is about: a horizon or a quantity. */
interface Cell {
  readonly title: string;
  figures(rule: RuleFigures): ErrorFigures;
}

/** The tables that end a run: MAE (RMSE) of the network among the simple rules, for each series. */
export function resultText(all: readonly SeriesFigures[], steps: number, seconds: number): string {
  const heading = `MAE (RMSE) on the test part, smaller is better, after ${steps} steps in ${durationText(seconds)}:\n`;
  return heading + tablesText(all);
}

/** The tables alone: one for each series, and for each horizon if there are several quantities. */
export function tablesText(all: readonly SeriesFigures[]): string {
  return all.flatMap((figures) => tables(figures)).join("");
}

function tables(figures: SeriesFigures): string[] {
  const { series, columns, horizons } = figures;
  const prefix = series === "" ? "" : `${series}: `;
  if (columns.length === 1) {
    const cells = horizons.map((h, i) => ({
      title: aheadText(h),
      figures: (rule: RuleFigures) => rule.errors[i]![0]!,
    }));
    return [table(`${prefix}${columns[0]}`, cells, figures)];
  }
  return horizons.map((h, i) => {
    const cells = columns.map((title, c) => ({ title, figures: (rule: RuleFigures) => rule.errors[i]![c]! }));
    return table(`${prefix}${aheadText(h)}`, cells, figures);
  });
}

function table(title: string, cells: readonly Cell[], { others, network, seeds }: SeriesFigures): string {
  const rules = [...others, network];
  const digits = cells.map((cell) => decimals(rules.map((rule) => cell.figures(rule).mae)));
  const text = (value: number, c: number): string => value.toFixed(digits[c]!);
  const rows = rules.map((rule) => [
    `${rule === network ? "> " : "  "}${rule.name}`,
    ...cells.map((cell, c) => {
      const { mae, rmse } = cell.figures(rule);
      return `${text(mae, c)} (${text(rmse, c)})`;
    }),
  ]);
  if (seeds.length > 1)
    rows.push([
      `  one of ${seeds.length} seeds`,
      ...cells.map((cell, c) =>
        spread(
          seeds.map((seed) => cell.figures(seed).mae),
          (value) => text(value, c),
        ),
      ),
    ]);
  return aligned([[title, ...cells.map((cell) => cell.title)], ...rows]);
}

/** Rows of cells under each other, the first column to the left and the others to the right. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, c) => Math.max(...rows.map((row) => row[c]!.length)));
  const lines = rows.map((row) =>
    row.map((cell, c) => (c === 0 ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!))).join("  "),
  );
  return `${lines.join("\n")}\n`;
}

/** Decimal places that show about four digits of the smallest value, at most six. */
export function decimals(values: readonly number[]): number {
  const smallest = Math.min(...values.filter((value) => value > 0));
  if (!Number.isFinite(smallest)) return 0;
  return Math.min(6, Math.max(0, 3 - Math.floor(Math.log10(smallest))));
}

function aheadText(horizon: number): string {
  return `${horizon} ${horizon === 1 ? "row" : "rows"} ahead`;
}
