import { expect, test } from "vitest";
import { linePlot, powerOfTen } from "./line-plot.ts";
import { spread } from "./spread.ts";
import { decadeTicks, roundTicks } from "./ticks.ts";

const plot = (values: number[], more = {}) =>
  linePlot({
    width: 300,
    height: 200,
    x: values.map((_, i) => i),
    lines: [{ label: "a", values }],
    range: [-4, 2],
    logarithmic: true,
    room: 60,
    ...more,
  });

test("a line goes from corner to corner of the plot", () => {
  const { left, top, right, bottom, lines } = plot([-4, -1, 2]);
  expect(lines[0].path).toBe(
    `M${left} ${bottom}L${(left + right) / 2} ${(top + bottom) / 2}L${right} ${top}`,
  );
  expect(lines[0].labelAt).toBe(top);
});

test("what is not finite is a gap, and what is far away is still a number", () => {
  const { lines } = plot([0, Number.NaN, -Infinity, 1, Infinity, 1e300]);
  expect(lines[0].path).toMatch(/^M[\d. ]+M[\d. ]+M[\d.]+ -20000$/);
  expect(plot([Number.NaN, -Infinity]).lines[0]).toEqual({ label: "a", path: "", labelAt: undefined });
});

test("a chart without room or values stays a chart", () => {
  for (const input of [{ width: 10, height: 5 }, { x: [], lines: [] }, { range: [1, 1] as const }]) {
    const { right, left, bottom, top, yTicks } = plot([0, 1], input);
    expect(right).toBeGreaterThan(left);
    expect(bottom).toBeGreaterThan(top);
    for (const { at } of yTicks) expect(Number.isFinite(at)).toBe(true);
  }
});

test("ticks are round, within the range and as many as there is room for", () => {
  expect(roundTicks(0, 39, 5)).toEqual([0, 10, 20, 30]);
  expect(roundTicks(0.9, 1.1, 3)).toEqual([0.9, 1, 1.1]);
  expect(roundTicks(3, 3, 4)).toEqual([3]);
  expect(roundTicks(0, Infinity, 4)).toEqual([0]);
  expect(decadeTicks(-5, 3, 8)).toEqual([-5, -4, -3, -2, -1, 0, 1, 2, 3]);
  expect(decadeTicks(-20, 6, 6)).toEqual([-20, -15, -10, -5, 0, 5]);
  expect(powerOfTen(-14)).toBe("10⁻¹⁴");
});

test("labels that would overlap stand apart, in their order, within the plot", () => {
  expect(spread([50, 52, 10], 15, 0, 100)).toEqual([50, 65, 10]);
  expect(spread([99, 98, 97], 15, 0, 100)).toEqual([100, 85, 70]);
  expect(spread([], 15, 0, 100)).toEqual([]);
});
