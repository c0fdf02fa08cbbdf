import { expect, test } from "vitest";
import { harmonics } from "./harmonics.ts";

test("sines and cosines, as the host has them", () => {
  const phases = Float64Array.from({ length: 4001 }, (_, i) => (i - 2000) / 811);
  const { data, rows, columns } = harmonics(phases, 3);
  expect([rows, columns]).toEqual([4001, 6]);
  for (const [t, phase] of phases.entries())
    for (let k = 1; k <= 3; k++) {
      const angle = 2 * Math.PI * k * (phase - Math.floor(phase));
      expect(Math.abs(data[6 * t + 2 * k - 2]! - Math.sin(angle))).toBeLessThan(4e-15);
      expect(Math.abs(data[6 * t + 2 * k - 1]! - Math.cos(angle))).toBeLessThan(4e-15);
    }
});

test("quarters of a turn are exact", () => {
  const { data } = harmonics([0, 0.25, 0.5, 0.75, 1, -0.25], 1);
  expect(Array.from(data, (x) => x + 0)).toEqual([0, 1, 1, 0, 0, -1, -1, 0, 0, 1, -1, 0]);
});

test("sin² + cos² = 1 to the last digits, and whole turns change nothing", () => {
  const phases = Array.from({ length: 500 }, (_, i) => i / 512); // exact, as are those a turn later
  const { data } = harmonics(phases, 4);
  for (let i = 0; i < data.length; i += 2) expect(data[i]! ** 2 + data[i + 1]! ** 2).toBeCloseTo(1, 14);
  expect(
    harmonics(
      phases.map((phase) => phase + 3),
      4,
    ).data,
  ).toEqual(data);
});

test("refusals", () => {
  expect(() => harmonics([0, Number.NaN], 1)).toThrow("harmonics: phase is NaN, row 1");
  expect(() => harmonics([0], 0)).toThrow("option count is 0, expected an integer ≥ 1");
});
