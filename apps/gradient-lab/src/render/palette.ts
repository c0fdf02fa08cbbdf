import { CIVIDIS, PUOR } from "./palette-anchors.ts";

/** Entries of a color table. */
export const LEVELS = 1024;

/** The diverging scale ends at 10^-3 and 10^3; what lies outside has the color of the end. */
const DECADES = 3;

/** Colors of a scale, RGB in bytes, entry by entry. */
export type ColorTable = Uint8ClampedArray;

/** Purple (vanishing), almost white (1), orange (exploding). */
export function divergingColors(): ColorTable {
  return table(PUOR);
}

/** Dark blue to yellow, for values without a middle. */
export function unsignedColors(): ColorTable {
  return table(CIVIDIS);
}

/** The entry for log10 of a ratio: the middle is 1. */
export function divergingLevel(log10: number): number {
  return level((log10 + DECADES) / (2 * DECADES));
}

/** The entry for a position between 0 and 1. */
export function level(position: number): number {
  return Math.round(Math.min(1, Math.max(0, position)) * (LEVELS - 1));
}

/** A color of the table as CSS writes it. */
export function cssColor(colors: ColorTable, level: number): string {
  const [red, green, blue] = colors.subarray(3 * level, 3 * level + 3);
  return `rgb(${red} ${green} ${blue})`;
}

function table(anchors: string): ColorTable {
  const colors = anchors.split(" ").map((hex) => Number.parseInt(hex, 16));
  const made = new Uint8ClampedArray(3 * LEVELS);
  for (let i = 0; i < LEVELS; i++) {
    const at = (i / (LEVELS - 1)) * (colors.length - 1);
    const from = Math.min(colors.length - 2, Math.floor(at));
    for (const [channel, shift] of [16, 8, 0].entries()) {
      const low = (colors[from] >> shift) & 255;
      const high = (colors[from + 1] >> shift) & 255;
      made[3 * i + channel] = low + (at - from) * (high - low);
    }
  }
  return made;
}
