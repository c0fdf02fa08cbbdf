import { spread } from "./spread.ts";
import { decadeTicks, roundTicks } from "./ticks.ts";

/** Lines over a common x. Values that are not finite are gaps. */
export interface LinePlotInput {
  readonly width: number;
  readonly height: number;
  readonly x: ArrayLike<number>;
  readonly lines: readonly { readonly label: string; readonly values: ArrayLike<number> }[];
  /** Lowest and highest y. Lines leave the plot there. */
  readonly range: readonly [number, number];
  /** Values are log10: ticks stand at powers of ten and say so. */
  readonly logarithmic?: boolean;
  /** Room at the right for the labels of the lines, and below for a title of the x axis. */
  readonly room: number;
  readonly titled?: boolean;
}

/** Where everything of a line chart stands, in pixels from the top left. */
export interface LinePlot {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly lines: readonly PlacedLine[];
  readonly xAt: (value: number) => number;
  readonly yAt: (value: number) => number;
}

interface Tick {
  readonly at: number;
  readonly text: string;
}

interface PlacedLine {
  readonly label: string;
  /** For the attribute `d` of an SVG path. */
  readonly path: string;
  /** The middle of its label, beside its last value; undefined if it has none. */
  readonly labelAt: number | undefined;
}

const LEFT = 38;
const TOP = 8;
const BELOW = 20;
const TITLE = 16;
const LABEL_HEIGHT = 15;

/** Lays out lines with their names at their ends. */
export function linePlot(input: LinePlotInput): LinePlot {
  const { width, height, x, lines, range, logarithmic, room, titled } = input;
  const [left, top] = [LEFT, TOP];
  const right = Math.max(left + 1, width - room);
  const bottom = Math.max(top + 1, height - BELOW - (titled ? TITLE : 0));
  const [first, last] = [x[0] ?? 0, x[x.length - 1] ?? 1];
  const [low, high] = range;
  const xAt = (value: number) => left + ((value - first) / (last - first || 1)) * (right - left);
  const yAt = (value: number) => bottom - ((value - low) / (high - low || 1)) * (bottom - top);
  const ends = lines.map(({ values }) => lastFinite(values));
  const wishes = ends.flatMap((value) => (value === undefined ? [] : [between(top, yAt(value), bottom)]));
  const places = spread(wishes, LABEL_HEIGHT, top, bottom);
  let placed = 0;
  return {
    left,
    top,
    right,
    bottom,
    xTicks: roundTicks(first, last, (right - left) / 56).map((value) => ({
      at: xAt(value),
      text: String(value),
    })),
    yTicks: (logarithmic
      ? decadeTicks(low, high, (bottom - top) / 30)
      : roundTicks(low, high, (bottom - top) / 30)
    ).map((value) => ({ at: yAt(value), text: logarithmic ? powerOfTen(value) : String(value) })),
    lines: lines.map(({ label, values }, i) => ({
      label,
      path: pathOf(x, values, xAt, yAt),
      labelAt: ends[i] === undefined ? undefined : places[placed++],
    })),
    xAt,
    yAt,
  };
}

/** "10⁻⁴" */
export function powerOfTen(exponent: number): string {
  return `10${[...String(exponent)].map((sign) => (sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(sign)])).join("")}`;
}

function pathOf(
  x: ArrayLike<number>,
  values: ArrayLike<number>,
  xAt: (value: number) => number,
  yAt: (value: number) => number,
): string {
  let path = "";
  let pen = "M";
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) pen = "M";
    else {
      path += `${pen}${round(xAt(x[i]))} ${round(between(-FAR, yAt(values[i]), FAR))}`;
      pen = "L";
    }
  }
  return path;
}

/** Further out than any screen; what lies beyond is drawn there. */
const FAR = 20_000;

function round(value: number): number {
  return Math.round(10 * value) / 10;
}

function between(low: number, value: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function lastFinite(values: ArrayLike<number>): number | undefined {
  for (let i = values.length - 1; i >= 0; i--) if (Number.isFinite(values[i])) return values[i];
  return undefined;
}
