import {
  constant,
  cosine,
  exponential,
  inverseSquareRoot,
  linear,
  type Schedule,
  stepwise,
  withWarmup,
} from "@unroll/optim";
import { describe, expect, test } from "vitest";
import { fixture } from "./run.ts";

const values = (schedule: Schedule, steps = 16): number[] =>
  Array.from({ length: steps }, (_, step) => schedule(step));

function agree(actual: readonly number[], expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((value, i) => {
    expect(Math.abs(value - expected[i])).toBeLessThan(1e-14 * expected[i]);
  });
}

describe("PyTorch's schedules", () => {
  const { schedules } = fixture("pytorch");

  test("linear", () => agree(values(linear(0.4, 0.1, 12)), schedules.linear));
  test("cosine", () => agree(values(cosine(0.4, 0.1, 15)), schedules.cosine));
  test("exponential", () => agree(values(exponential(0.4, 0.9)), schedules.exponential));
  test("stepwise", () =>
    agree(
      values(
        stepwise(0.4, [
          [3, 0.2],
          [7, 0.1],
        ]),
      ),
      schedules.stepwise,
    ));
});

describe("Keras's schedules and the one of Vaswani et al.", () => {
  const { schedules } = fixture("keras");

  test("exponential, between its steps too", () =>
    agree(values(exponential(0.4, 0.3, 5)), schedules.exponential));
  test("cosine", () => agree(values(cosine(0.4, 0.1, 12)), schedules.cosine));
  test("inverse square root after a warm-up", () =>
    agree(values(withWarmup(inverseSquareRoot(1 / (8 * Math.sqrt(6)), 6), 6)), schedules.noam));
});

test("ends are exact, and go on", () => {
  for (const schedule of [linear(0.3, 0.07, 9), cosine(0.3, 0.07, 9)]) {
    expect(schedule(0)).toBe(0.3);
    expect(schedule(9)).toBe(0.07);
    expect(schedule(1e9)).toBe(0.07);
  }
  expect(constant(0.3)(7)).toBe(0.3);
});

test("the cosine falls to 0 without losing digits on the way", () => {
  const schedule = cosine(1, 0, 100_000);
  expect(schedule(99_999) / (Math.PI / 2 / 100_000) ** 2).toBeCloseTo(1, 9);
  for (let step = 1; step <= 1000; step++)
    expect(schedule(100 * step)).toBeLessThan(schedule(100 * step - 1));
});

test("a warm-up of one step is none", () => {
  agree(values(withWarmup(linear(0.4, 0.1, 12), 1)), values(linear(0.4, 0.1, 12)));
});

test("a growing factor is allowed: a learning-rate range test", () => {
  expect(exponential(1e-6, 10, 10)(60)).toBeCloseTo(1, 12);
});

test("what makes no sense is refused", () => {
  expect(() => constant(-1)).toThrow("constant: option rate is -1");
  expect(() => linear(Number.NaN, 0, 5)).toThrow("linear: option from is NaN");
  expect(() => linear(1, 0, 0)).toThrow("linear: option steps is 0, expected a positive integer");
  expect(() => cosine(1, -1, 5)).toThrow("cosine: option to is -1");
  expect(() => exponential(1, 0)).toThrow("exponential: option factor is 0");
  expect(() => exponential(1, 0.5, 1.5)).toThrow("exponential: option every is 1.5");
  expect(() => inverseSquareRoot(1, -1)).toThrow("inverseSquareRoot: option steps is -1");
  const descending = [
    [5, 1],
    [5, 2],
  ] as const;
  expect(() => stepwise(1, descending)).toThrow("option step is 5, expected more than the step before, 5");
  expect(() => withWarmup(0.1 as unknown as Schedule, 5)).toThrow("option schedule is 0.1");
  expect(() => withWarmup(constant(1), 0)).toThrow("withWarmup: option steps is 0");
});
