import { interpolateCividis, interpolatePuOr } from "d3-scale-chromatic";
import { expect, test } from "vitest";
import { divergingColors, divergingLevel, LEVELS, level, unsignedColors } from "./palette.ts";

test.each([
  ["PuOr", divergingColors, interpolatePuOr],
  ["cividis", unsignedColors, interpolateCividis],
] as const)("%s is the scale of d3-scale-chromatic", (_, make, scale) => {
  const colors = make();
  for (let i = 0; i < LEVELS; i++) {
    const expected = scale(i / (LEVELS - 1))
      .match(/\d+/g)!
      .map(Number);
    for (const channel of [0, 1, 2])
      expect(Math.abs(colors[3 * i + channel] - expected[channel])).toBeLessThanOrEqual(2);
  }
});

test("positions outside of the scale have the color of its ends", () => {
  expect([-1, 0, 0.5, 1, 2].map(level)).toEqual([0, 0, 512, LEVELS - 1, LEVELS - 1]);
});

test("1 is the middle, and what lies outside has the color of the end", () => {
  expect(Math.abs(divergingLevel(0) - (LEVELS - 1) / 2)).toBeLessThanOrEqual(0.5);
  expect(divergingLevel(-7)).toBe(0);
  expect(divergingLevel(-Infinity)).toBe(0);
  expect(divergingLevel(Infinity)).toBe(LEVELS - 1);
});
