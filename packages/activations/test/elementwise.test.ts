import { elementwise, elu, leakyRelu } from "@unroll/activations";
import { OptionError, portableFloat64 } from "@unroll/kernels";
import { expect, test } from "vitest";
import { backwardRow, forwardRow } from "./cases.ts";

test("an activation of one's own reads z unless it says otherwise", () => {
  const cube = elementwise({ name: "cube", value: (z) => z * z * z, derivative: (z) => 3 * z * z });
  expect(cube.needsInput).toBe(true);
  expect(cube.slope).toBeUndefined();
  expect(forwardRow(cube, portableFloat64, [2, -3])).toEqual([8, -27]);
  expect(backwardRow(cube, portableFloat64, [2, -3], [1, 10])).toEqual([12, 270]);
});

test("wrong options are typed errors", () => {
  const good = { name: "x", value: (z: number) => z, derivative: () => 1 };
  const wrong: [object, string][] = [
    [{ ...good, name: "" }, 'elementwise: option name is "", expected a non-empty string'],
    [{ ...good, name: 3 }, "elementwise: option name is 3, expected a non-empty string"],
    [{ ...good, value: undefined }, "elementwise: option value is undefined, expected a function"],
    [{ ...good, derivative: 1 }, "elementwise: option derivative is 1, expected a function"],
    [{ ...good, slope: -1 }, "elementwise: option slope is -1, expected a number ≥ 0"],
    [{ ...good, slope: Number.NaN }, "elementwise: option slope is NaN, expected a number ≥ 0"],
  ];
  for (const [options, message] of wrong) {
    expect(() => elementwise(options as never)).toThrow(OptionError);
    expect(() => elementwise(options as never)).toThrow(message);
  }
  for (const alpha of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => leakyRelu(alpha)).toThrow(
      `leakyRelu: option alpha is ${alpha}, expected a finite number ≥ 0`,
    );
    expect(() => elu(alpha)).toThrow(`elu: option alpha is ${alpha}, expected a finite number ≥ 0`);
  }
});

test("at its kink a function takes the slope of the left, and the limited ones 0", () => {
  const slopeAt = (activation: ReturnType<typeof elu>, z: number) =>
    backwardRow(activation, portableFloat64, [z], [1])[0];
  expect(slopeAt(leakyRelu(0.3), 0)).toBe(0.3);
  expect(slopeAt(elu(0.5), 0)).toBe(0.5);
});
