import {
  type Activation,
  type ElementwiseActivation,
  elementwise,
  logSoftmax,
  softmax,
  tanh,
} from "@unroll/activations";
import { portableFloat64 } from "@unroll/kernels";
import { describe, expect, test } from "vitest";
import { backwardRow, elementwiseActivations, forwardRow, pseudoRandom, rowActivations } from "./cases.ts";
import { Complex } from "./complex.ts";
import { formulas, rowFormulas } from "./oracles.ts";

const H = 1e-30;

/** The largest difference of value and derivative from the textbook formula at z + ih. */
function worstAgainstComplexStep(
  activation: ElementwiseActivation,
  formula: (z: Complex) => Complex,
): number {
  const random = pseudoRandom(7);
  let worst = 0;
  for (let i = 0; i < 500; i++) {
    const z = 4 * random();
    const dy = random();
    const { re, im } = formula(new Complex(z, H));
    worst = Math.max(worst, Math.abs(forwardRow(activation, portableFloat64, [z])[0] - re));
    worst = Math.max(worst, Math.abs(backwardRow(activation, portableFloat64, [z], [dy])[0] - (dy * im) / H));
  }
  return worst;
}

describe.each(elementwiseActivations.map((activation) => ({ activation, name: activation.name })))(
  "$name",
  ({ activation, name }) => {
    test("value and derivative agree with the complex step", () => {
      // The oracle's Taylor series of Φ cancels towards |z| = 4.
      const bound = name === "gelu" ? 1e-12 : 2e-14;
      expect(worstAgainstComplexStep(activation, formulas[name])).toBeLessThan(bound);
    });

    test("backward agrees with central differences of forward", () => {
      const random = pseudoRandom(11);
      for (let i = 0; i < 200; i++) {
        const z = 5 * random();
        if ([0, -1, 1, -3, 3].some((kink) => Math.abs(z - kink) < 1e-4)) continue;
        const [above, below] = forwardRow(activation, portableFloat64, [z + 1e-5, z - 1e-5]);
        expect(
          Math.abs(backwardRow(activation, portableFloat64, [z], [1])[0] - (above - below) / 2e-5),
        ).toBeLessThan(1e-9);
      }
    });

    test("the slope is the largest derivative", () => {
      let largest = 0;
      for (let z = -16; z <= 16; z += 1 / 1024) {
        largest = Math.max(largest, Math.abs(activation.derivative(z, activation.value(z))));
      }
      expect(largest).toBeLessThanOrEqual(activation.slope! * (1 + 4e-16));
      expect(largest).toBeGreaterThan(activation.slope! * (1 - 1e-6));
    });
  },
);

/** A row through the formula with the j-th entry at z_j + ih: column j of the Jacobian, by h. */
function jacobianColumn(name: string, z: readonly number[], j: number): number[] {
  return rowFormulas[name](z.map((value, i) => new Complex(value, i === j ? H : 0))).map(({ im }) => im / H);
}

function worstRow(activation: Activation, name: string): number {
  const random = pseudoRandom(3);
  let worst = 0;
  for (let columns = 1; columns <= 17; columns++) {
    const z = Array.from({ length: columns }, () => 5 * random());
    const dy = Array.from({ length: columns }, random);
    const y = forwardRow(activation, portableFloat64, z);
    const dz = backwardRow(activation, portableFloat64, z, dy);
    const expected = rowFormulas[name](z.map((value) => new Complex(value)));
    for (let j = 0; j < columns; j++) {
      const column = jacobianColumn(name, z, j);
      const expectedDz = column.reduce((sum, slope, i) => sum + slope * dy[i], 0);
      worst = Math.max(worst, Math.abs(y[j] - expected[j].re), Math.abs(dz[j] - expectedDz));
    }
  }
  return worst;
}

describe.each(rowActivations.map((activation) => ({ activation, name: activation.name })))(
  "$name",
  ({ activation, name }) => {
    test("value and adjoint agree with the complex step for rows of 1 to 17", () => {
      expect(worstRow(activation, name)).toBeLessThan(2e-14);
    });
  },
);

test("no Jacobian of softmax has a larger norm than its slope, and some reach it", () => {
  const random = pseudoRandom(5);
  let largest = 0;
  for (let i = 0; i < 300; i++) {
    const z = i === 0 ? [0, 0] : Array.from({ length: 2 + (i % 4) }, () => 3 * random());
    let v: number[] = z.map((_, k) => (k === 0 ? 1 : -0.9));
    let norm = 0;
    for (let k = 0; k < 60; k++) {
      const Jv = backwardRow(softmax, portableFloat64, z, v); // the Jacobian is symmetric
      norm = Math.hypot(...Jv);
      v = Jv.map((x) => x / norm);
    }
    largest = Math.max(largest, norm);
    expect(norm).toBeLessThanOrEqual(softmax.slope! + 1e-12);
  }
  expect(largest).toBeCloseTo(softmax.slope!, 12);
});

describe("planted errors are noticed", () => {
  const planted: Record<string, ElementwiseActivation> = {
    "a lost square": elementwise({ ...tanh, derivative: (_z, y) => 1 - y }),
    "σ′ taken at y in place of z": elementwise({ ...tanh, derivative: (_z, y) => 1 - Math.tanh(y) ** 2 }),
    "a slope wrong by 1e-9": elementwise({ ...tanh, derivative: (_z, y) => (1 - y * y) * (1 + 1e-9) }),
    "a sign": elementwise({ ...tanh, value: (z) => -Math.tanh(z) }),
  };
  test.each(Object.keys(planted))("%s", (name) => {
    expect(worstAgainstComplexStep(planted[name], formulas.tanh)).toBeGreaterThan(1e-11);
  });

  test("softmax without the mean, log-softmax with the softmax's own row", () => {
    const lost: Activation = {
      ...softmax,
      backward(_kernels, dZ, _Z, Y, dY) {
        for (let i = 0; i < dZ.size; i++) dZ.data[i] = Y.data[i] * dY.data[i];
      },
    };
    expect(worstRow(lost, "softmax")).toBeGreaterThan(1e-3);
    expect(worstRow({ ...logSoftmax, backward: softmax.backward }, "logSoftmax")).toBeGreaterThan(1e-3);
  });
});
