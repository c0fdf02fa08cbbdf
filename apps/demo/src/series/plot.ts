import { plot } from "simple-ascii-chart";
import { decimals } from "./result-text.ts";

export interface PlotOptions {
  /** Characters in a line. */
  readonly width: number;
  readonly color: boolean;
  readonly ascii: boolean;
}

const HEIGHT = 14;

/** How much of the past is drawn beside so many rows to come: as much as there is room for, but not more than helps. */
export function pastToDraw(rows: number, ahead: number, width: number): number {
  return Math.min(rows, Math.max(2 * ahead, 40), Math.max(width - 12 - ahead, ahead));
}

/**
 * The end of a series and what is expected of it, as lines of characters: the past, then behind a bar the forecast. Where
 * there are more rows than the chart is wide, several share a column and the chart shows their mean.
 */
export function plotForecast(
  past: readonly number[],
  expected: readonly number[],
  labels: { readonly first: string; readonly cut: string; readonly last: string },
  { width, color, ascii }: PlotOptions,
): string {
  const all = [...past, ...expected];
  const digits = Math.min(decimals(all.map(Math.abs)), 2);
  const label = (value: number): string => value.toFixed(digits);
  const margin = Math.max(...all.map((value) => label(value).length)) + 1;
  const room = width - margin - 2;
  const share = Math.max(1, Math.ceil(all.length / room));
  const points = means(all, share);
  const columns = Math.min(room, points.length);
  const cut = Math.floor((past.length - 1) / share);
  const drawn = plot(
    [points.slice(0, cut + 1), points.slice(cut)].filter((part) => part.length > 1),
    {
      width: columns,
      height: HEIGHT,
      hideXAxisTicks: true,
      formatter: (value) => label(value),
      thresholds: [{ x: cut }],
      ...(color && { color: ["ansiBlue", "ansiYellow"] as const }),
    },
  );
  const text = ascii ? Array.from(drawn, toAscii).join("") : drawn;
  const chart = text.replace(/ +$/gm, "").replace(/^\n+|\n+$/g, "");
  return `${chart}\n${footer(labels, margin, columns, cut / points.length)}\n`;
}

/** Dates below the chart: at its beginning, at the bar if there is room, at its end. */
function footer(
  { first, cut, last }: { readonly first: string; readonly cut: string; readonly last: string },
  margin: number,
  width: number,
  at: number,
): string {
  const line = Array.from({ length: margin + width }, () => " ");
  const write = (text: string, column: number): boolean => {
    const start = Math.max(0, Math.min(column, line.length - text.length));
    const free = line
      .slice(Math.max(0, start - 1), start + text.length + 1)
      .every((character) => character === " ");
    if (free) line.splice(start, text.length, ...text);
    return free;
  };
  write(first, margin);
  write(last, line.length);
  write(`|${cut}`, margin + Math.round(at * width));
  return line.join("").trimEnd();
}

function means(values: readonly number[], share: number): [number, number][] {
  return Array.from({ length: Math.ceil(values.length / share) }, (_, i) => {
    const some = values.slice(i * share, (i + 1) * share);
    return [i, some.reduce((sum, value) => sum + value, 0) / some.length];
  });
}

/** Lines and arrows as ASCII has them; corners become +. */
function toAscii(character: string): string {
  return character > "~" ? (ASCII[character] ?? "+") : character;
}

const ASCII: Readonly<Record<string, string>> = {
  "━": "-",
  "┃": "|",
  "│": "|",
  "─": "-",
  "▲": "^",
  "▶": ">",
};
