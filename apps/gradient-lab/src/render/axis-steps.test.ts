import { expect, test } from "vitest";
import { characterSteps, roundSteps } from "./axis-steps.ts";

test("characters: all where they fit, else evenly thinned", () => {
  expect(characterSteps(5, 350)).toEqual([1, 2, 3, 4, 5]);
  expect(characterSteps(40, 300)).toHaveLength(40);
  expect(characterSteps(40, 270)).toEqual(Array.from({ length: 20 }, (_, i) => 2 * i + 1));
  const long = characterSteps(200, 480);
  expect(new Set(long.slice(1).map((t, i) => t - long[i]))).toEqual(new Set([3]));
  expect(480 / long.length).toBeGreaterThanOrEqual(7);
});

test("numbers: the first and round ones, of which there are few", () => {
  expect(roundSteps(40)).toEqual([1, 10, 20, 30, 40]);
  for (let steps = 4; steps <= 200; steps++) expect(roundSteps(steps).length).toBeLessThan(8);
});
