import { powerOfTen } from "@unroll/page-parts/plot";
import type { ShownMap } from "../core/curves.ts";
import { type ColorTable, divergingColors, divergingLevel, level, unsignedColors } from "./palette.ts";

/** Decades below the largest value that a sequential map shows. */
const SEQUENTIAL_DECADES = 6;

/** Contour lines of a diverging map: at a hundredth, one, and a hundred times, each with a dash of its own. */
export const CONTOURS: readonly {
  readonly at: number;
  readonly label: string;
  readonly dash: readonly number[];
}[] = [
  { at: -2, label: "1/100", dash: [5, 3] },
  { at: 0, label: "1", dash: [] },
  { at: 2, label: "100", dash: [1.5, 2.5] },
];

interface Scale {
  readonly colors: ColorTable;
  readonly levelOf: (value: number) => number;
  /** The value with the last color. */
  readonly top: number;
}

/** The colors of a map and the entry of each value. */
export function scaleOf(map: ShownMap): Scale {
  if (map.scale === "diverging") return { colors: divergingColors(), levelOf: divergingLevel, top: 0 };
  let top = -Infinity;
  for (const value of map.values) if (Number.isFinite(value) && value > top) top = value;
  if (top === -Infinity) top = 0;
  const levelOf =
    map.scale === "share"
      ? (value: number) => level(value / (top || 1))
      : (value: number) => level(1 + (value - top) / SEQUENTIAL_DECADES);
  return { colors: unsignedColors(), levelOf, top };
}

/** What the ends of the color scale, and its middle, stand for. */
export function legendMarks(map: ShownMap): readonly string[] {
  const { top } = scaleOf(map);
  if (map.scale === "diverging") return ["1/1000", "1", "1000"];
  if (map.scale === "share") return ["0", `${(100 * top).toPrecision(2)} %`];
  return [powerOfTen(Math.round(top - SEQUENTIAL_DECADES)), powerOfTen(Math.round(top))];
}
