import { expect, test } from "vitest";
import { joined } from "./joined.ts";

test("measurements are joined by straight lines between the first and the last one", () => {
  const points = [
    { step: 2, value: 4 },
    { step: 6, value: 0 },
  ];
  const x = Float64Array.of(1, 2, 3, 5, 6, 7);
  expect([...joined(points, x)]).toEqual([Number.NaN, 4, 3, 1, 0, Number.NaN]);
  expect([...joined([], x)].every(Number.isNaN)).toBe(true);
});
