import { expect, test } from "vitest";
import { power } from "./power.ts";

test("powers by squaring agree with repeated products", () => {
  for (const base of [0.9, 0.999, 1.5, 1, 0]) {
    let product = 1;
    for (let exponent = 0; exponent < 200; exponent++) {
      expect(Math.abs(power(base, exponent) - product)).toBeLessThanOrEqual(1e-13 * product);
      product *= base;
    }
  }
});

test("vanish and overflow cleanly", () => {
  expect(power(0.9, Number.MAX_SAFE_INTEGER)).toBe(0);
  expect(power(1.1, 1e6)).toBe(Number.POSITIVE_INFINITY);
});
