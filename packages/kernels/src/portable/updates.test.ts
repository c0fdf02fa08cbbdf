import { describe, expect, test } from "vitest";
import { flushLimit } from "../flush.ts";
import type { Kernels } from "../kernels.ts";
import { View } from "../view.ts";
import { portableFloat32 } from "./float32.ts";
import { portableFloat64 } from "./float64.ts";

const GUARD = -7.5;

/** A 1×n view with guard values before and behind it. */
function guarded(kernels: Kernels, n: number, offset: number, value: (i: number) => number): View {
  const size = n + offset + 5;
  const data = kernels.type === "float32" ? new Float32Array(size) : new Float64Array(size);
  data.fill(GUARD);
  for (let i = 0; i < n; i++) data[offset + i] = value(i);
  return new View(data, offset, 1, n);
}

const elements = (X: View): number[] => Array.from(X.data.subarray(X.offset, X.offset + X.columns));
const guards = (X: View): number[] =>
  Array.from(X.data).filter((_, i) => i < X.offset || i >= X.offset + X.columns);

/** Every update, with all its optional vectors and no factor that hides a term. */
const updates: Record<string, (kernels: Kernels, theta: View, g: View, states: View[]) => void> = {
  sgd: (k, theta, g) => k.sgdUpdate(theta, g, 0.1, 0.01, 0.9),
  momentum: (k, theta, g, [b]) => k.momentumUpdate(theta, g, b, 0.1, 0.01, 0.9, 0.8, 0.7, 0.6, 0.5),
  rmsprop: (k, theta, g, [v, a, b]) =>
    k.rmspropUpdate(theta, g, v, a, b, 0.1, 0.01, 0.9, 0.99, 1e-7, 1e-8, 0.8, 0.7),
  adagrad: (k, theta, g, [v]) => k.adagradUpdate(theta, g, v, 0.1, 0.01, 0.9, 1e-7, 1e-8),
  adam: (k, theta, g, [m, v, x]) => k.adamUpdate(theta, g, m, v, x, 0.1, 0.01, 0.9, 0.9, 0.999, 1e-8),
  clamp: (k, theta, g) => {
    k.clamp(g, 0.5);
    k.copy(theta, g);
  },
};

const lengths = [...Array.from({ length: 18 }, (_, n) => n), 31, 32, 33, 63, 64, 65];

describe.each([portableFloat32, portableFloat64])("$type", (kernels) => {
  describe.each(Object.entries(updates))("%s", (_name, update) => {
    const run = (n: number, offset: number, poison = 0): { theta: View; views: View[] } => {
      const theta = guarded(kernels, n, offset, (i) => Math.sin(i + 1));
      const g = guarded(kernels, n, offset + 1, (i) => Math.cos(3 * i) + poison);
      const states = [0, 1, 2].map((s) => guarded(kernels, n, offset + 2 * s, () => 0.25 + s / 8));
      update(kernels, theta, g, states);
      return { theta, views: [theta, g, ...states] };
    };

    test("stays inside its vectors at every length and offset", () => {
      for (const n of lengths)
        for (const offset of [0, 1, 3])
          for (const view of run(n, offset).views)
            expect(guards(view).every((value) => value === GUARD)).toBe(true);
    });

    test("gives an element the same bits wherever it stands", () => {
      const whole = elements(run(65, 0).theta);
      for (const n of lengths) expect(elements(run(n, 3).theta)).toEqual(whole.slice(0, n));
    });

    test("changes every element", () => {
      const { theta } = run(33, 1);
      elements(theta).forEach((value, i) => {
        expect(value).not.toBe(guarded(kernels, 33, 0, (j) => Math.sin(j + 1)).data[i]);
      });
    });
  });

  test("state that decays ends at +0, not in denormal numbers", () => {
    const limit = flushLimit(kernels.type);
    const theta = guarded(kernels, 2, 0, () => 1);
    const g = guarded(kernels, 2, 0, () => 0);
    const decaying = (): View => guarded(kernels, 2, 0, (i) => (i === 0 ? 1 : -1) * limit * 1.01);
    const [b, a, m, speed] = [decaying(), decaying(), decaying(), decaying()];
    const [v, w] = [guarded(kernels, 2, 0, () => limit * 1.01), guarded(kernels, 2, 0, () => limit * 1.01)];
    kernels.momentumUpdate(theta, g, b, 0.1, 0, 1, 0.9, 1, 0, 1);
    kernels.rmspropUpdate(theta, g, v, a, speed, 0.1, 0, 1, 0.9, 0, 1e-8, 0.9, 1);
    kernels.adamUpdate(theta, g, m, w, undefined, 0.1, 0, 1, 0.9, 0.9, 1e-8);
    for (const state of [b, a, m, v, w, speed])
      for (const value of elements(state)) expect(Object.is(value, 0)).toBe(true);
  });

  test("a variance that rounding makes negative counts as 0", () => {
    const theta = guarded(kernels, 1, 0, () => 1);
    const g = guarded(kernels, 1, 0, () => 0.1);
    const v = guarded(kernels, 1, 0, () => 0.01);
    const a = guarded(kernels, 1, 0, () => 0.2);
    kernels.rmspropUpdate(theta, g, v, a, undefined, 0.1, 0, 1, 0.99, 0, 1, 0, 1);
    expect(theta.data[0]).toBeCloseTo(1 - 0.1 * 0.1, 7);
  });

  test("clamp counts what it changes and leaves the rest, NaN too", () => {
    const g = guarded(kernels, 6, 1, (i) => [2, -2, 0.5, -0.5, -0, Number.NaN][i]);
    expect(kernels.clamp(g, 0.5)).toBe(2);
    expect(elements(g)).toEqual([0.5, -0.5, 0.5, -0.5, -0, Number.NaN]);
  });
});

describe("float32", () => {
  /** The same formulas in float64 variables, rounded after every operation. */
  const f = Math.fround;

  test("adam rounds every operation in the order written", () => {
    const [theta, g, m, v] = [0.3, -0.7, 0.11, 0.013].map((value) =>
      guarded(portableFloat32, 1, 0, () => value),
    );
    const [p, d, mean, square] = [theta, g, m, v].map((X) => X.data[0]);
    portableFloat32.adamUpdate(theta, g, m, v, undefined, 1e-3, 0.02, 0.99, 0.9, 0.999, 1e-8);
    const slope = f(d + f(f(0.02) * p));
    const newMean = f(f(f(0.9) * mean) + f(f(1 - 0.9) * slope));
    const newSquare = f(f(f(0.999) * square) + f(f(f(1 - 0.999) * slope) * slope));
    const step = f(newMean / f(f(Math.sqrt(newSquare)) + f(1e-8)));
    expect([m.data[0], v.data[0]]).toEqual([newMean, newSquare]);
    expect(theta.data[0]).toBe(f(f(f(0.99) * p) - f(f(1e-3) * step)));
  });
});
