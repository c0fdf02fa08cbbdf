import { expect, test } from "vitest";
import { contour } from "./contours.ts";

const grid = (rows: number[][]) => Float64Array.from(rows.flat());

test("a plane has a straight line, at its place between the columns", () => {
  const values = grid([
    [0, 1, 2],
    [0, 1, 2],
    [0, 1, 2],
  ]);
  expect(contour(values, 3, 3, 0.25)).toEqual([0.25, 0, 0.25, 1, 0.25, 1, 0.25, 2]);
});

test("the pieces of a circle lie on it, and each end belongs to two pieces", () => {
  const size = 41;
  const values = new Float64Array(size * size);
  for (let r = 0; r < size; r++)
    for (let c = 0; c < size; c++) values[r * size + c] = Math.hypot(r - 20, c - 20);
  const pieces = contour(values, size, size, 12);
  const ends = new Map<string, number>();
  for (let i = 0; i < pieces.length; i += 2) {
    expect(Math.abs(Math.hypot(pieces[i] - 20, pieces[i + 1] - 20) - 12)).toBeLessThan(0.02);
    const key = `${pieces[i].toFixed(9)} ${pieces[i + 1].toFixed(9)}`;
    ends.set(key, (ends.get(key) ?? 0) + 1);
  }
  expect(new Set(ends.values())).toEqual(new Set([2]));
});

test("a saddle has two pieces that don't cross", () => {
  expect(
    contour(
      grid([
        [3, -1],
        [-1, 3],
      ]),
      2,
      2,
      0,
    ),
  ).toEqual([0.75, 0, 1, 0.25, 0.25, 1, 0, 0.75]);
  expect(
    contour(
      grid([
        [1, -3],
        [-3, 1],
      ]),
      2,
      2,
      0,
    ),
  ).toEqual([0.25, 0, 0, 0.25, 1, 0.75, 0.75, 1]);
});

test("values that are not finite have no line around them", () => {
  expect(
    contour(
      grid([
        [0, 1],
        [0, Number.NaN],
      ]),
      2,
      2,
      0.5,
    ),
  ).toEqual([]);
  expect(
    contour(
      grid([
        [0, Infinity],
        [0, 1],
      ]),
      2,
      2,
      0.5,
    ),
  ).toEqual([]);
  expect(
    contour(
      grid([
        [0, 1],
        [0, -Infinity],
      ]),
      2,
      2,
      0.5,
    ),
  ).toEqual([]);
});
