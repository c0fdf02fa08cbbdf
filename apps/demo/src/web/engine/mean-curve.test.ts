import { expect, test } from "vitest";
import { MeanCurve } from "./mean-curve.ts";

const curveOf = (values: readonly number[]): MeanCurve => {
  const curve = new MeanCurve(4);
  for (const value of values) curve.add(value);
  return curve;
};

test("few values stand for themselves, at 1, 2, 3, …", () => {
  const curve = curveOf([5, 7, 9]);
  expect([...curve.means]).toEqual([5, 7, 9]);
  expect([...curve.places]).toEqual([1, 2, 3]);
});

test("more values are joined by twos, then by fours, and keep their mean", () => {
  const values = Array.from({ length: 13 }, (_, i) => i * i);
  const curve = curveOf(values);
  expect([...curve.means]).toEqual([
    (0 + 1 + 4 + 9) / 4,
    (16 + 25 + 36 + 49) / 4,
    (64 + 81 + 100 + 121) / 4,
    144,
  ]);
  expect([...curve.places]).toEqual([2.5, 6.5, 10.5, 13]);
});

test("nothing is nothing", () => {
  expect(curveOf([]).means).toHaveLength(0);
});
