import type { ShownMap } from "../../core/curves.ts";
import {
  type ColorTable,
  divergingColors,
  divergingLevel,
  level,
  unsignedColors,
} from "../../render/palette.ts";

/** Decades below the largest value that a sequential map shows. */
export const SEQUENTIAL_DECADES = 6;

/** One pixel, red green blue alpha, for each cell of a map; transparent where there is no value. */
export function pixelsOf(map: ShownMap): Uint8ClampedArray<ArrayBuffer> {
  const { colors, levelOf } = scaleOf(map);
  const pixels = new Uint8ClampedArray(4 * map.values.length);
  for (let i = 0; i < map.values.length; i++) {
    const value = map.values[i];
    if (Number.isNaN(value)) continue;
    const entry = 3 * levelOf(value);
    pixels[4 * i] = colors[entry];
    pixels[4 * i + 1] = colors[entry + 1];
    pixels[4 * i + 2] = colors[entry + 2];
    pixels[4 * i + 3] = 255;
  }
  return pixels;
}

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
