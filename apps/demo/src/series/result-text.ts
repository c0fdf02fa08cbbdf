import { aligned } from "../terminal/aligned.ts";
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

/** Tables of several networks, after the simple rules. */
export function compareText(figures: SeriesFigures, networks: readonly RuleFigures[]): string[] {
  return pages(figures).map(({ title, cells }) => table(title, cells, figures.baselines, networks, []));
}

function tables(figures: SeriesFigures): string[] {
  const { baselines, alone, network, seeds } = figures;
  const others = alone ? [...baselines, alone] : baselines;
  return pages(figures).map(({ title, cells }) => table(title, cells, others, [network], seeds));
}

/** One table for all horizons of a single quantity, or one for each horizon of several. */
function pages({ series, columns, horizons }: SeriesFigures): { title: string; cells: Cell[] }[] {
  const prefix = series === "" ? "" : `${series}: `;
  const cell = (title: string, h: number, c: number): Cell => ({
    title,
    figures: ({ errors }) => errors[h]![c]!,
  });
  if (columns.length === 1)
    return [
      {
        title: `${prefix}${columns[0]}`,
        cells: horizons.map((horizon, h) => cell(aheadText(horizon), h, 0)),
      },
    ];
  return horizons.map((horizon, h) => ({
    title: `${prefix}${aheadText(horizon)}`,
    cells: columns.map((title, c) => cell(title, h, c)),
  }));
}

function table(
  title: string,
  cells: readonly Cell[],
  others: readonly RuleFigures[],
  networks: readonly RuleFigures[],
  seeds: readonly RuleFigures[],
): string {
  const rules = [...others, ...networks];
  const digits = cells.map((cell) => decimals(rules.map((rule) => cell.figures(rule).mae)));
  const text = (value: number, c: number): string => value.toFixed(digits[c]!);
  const rows = rules.map((rule) => [
    `${networks.includes(rule) ? "> " : "  "}${rule.name}`,
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

/** Decimal places that show about four digits of the smallest value, at most six. */
export function decimals(values: readonly number[]): number {
  const smallest = Math.min(...values.filter((value) => value > 0));
  if (!Number.isFinite(smallest)) return 0;
  return Math.min(6, Math.max(0, 3 - Math.floor(Math.log10(smallest))));
}

function aheadText(horizon: number): string {
  return `${horizon} ${horizon === 1 ? "row" : "rows"} ahead`;
}
