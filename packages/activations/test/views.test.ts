import { type Activation, elementwise } from "@unroll/activations";
import { flushLimit, type Kernels, View } from "@unroll/kernels";
import { describe, expect, test } from "vitest";
import { activations, arithmetics, matrix, pseudoRandom, zeros } from "./cases.ts";

const GUARD = 12345;

/** rows×columns somewhere inside a larger array full of guard values, as a slice of columns of a wider matrix. */
function slice(type: Kernels["type"], rows: number, columns: number, offset: number): View {
  const view = new View(zeros(type, offset + rows * (columns + 3) + 5), offset, rows, columns, columns + 3);
  view.data.fill(GUARD);
  return view;
}

function isInside(view: View, index: number): boolean {
  const at = index - view.offset;
  return at >= 0 && Math.floor(at / view.stride) < view.rows && at % view.stride < view.columns;
}

function entries(view: View): number[] {
  return Array.from(view.data).filter((_, index) => isInside(view, index));
}

function set(view: View, values: readonly number[]): void {
  let i = 0;
  for (let at = 0; at < view.data.length; at++) if (isInside(view, at)) view.data[at] = values[i++];
}

function guardsOf(view: View): number[] {
  return Array.from(view.data).filter((_, index) => !isInside(view, index));
}

describe.each(
  activations.flatMap((activation) =>
    arithmetics.map((kernels) => ({ activation, kernels, name: activation.name, type: kernels.type })),
  ),
)(
  "$name in $type",
  ({ activation, kernels, type }: { activation: Activation; kernels: Kernels; type: Kernels["type"] }) => {
    test.each([
      [1, 1],
      [3, 1],
      [2, 5],
      [4, 17],
    ])(
      "%i×%i slices of wider matrices give what dense matrices give, and nothing else is written",
      (rows, columns) => {
        const random = pseudoRandom(rows * columns);
        const z = Array.from({ length: rows * columns }, () => 3 * random());
        const dy = Array.from({ length: rows * columns }, random);
        const [denseZ, denseY, denseDz] = [z, dy, dy].map((values) => matrix(type, rows, columns, values));
        const denseDy = matrix(type, rows, columns, dy);
        activation.forward(kernels, denseY, denseZ);
        activation.backward(kernels, denseDz, activation.needsInput ? denseZ : undefined, denseY, denseDy);

        const [Z, Y, dZ, dY] = [7, 0, 3, 1].map((offset) => slice(type, rows, columns, offset));
        set(Z, z);
        set(dY, dy);
        activation.forward(kernels, Y, Z);
        activation.backward(kernels, dZ, activation.needsInput ? Z : undefined, Y, dY);
        expect(entries(Y)).toEqual(Array.from(denseY.data));
        expect(entries(dZ)).toEqual(Array.from(denseDz.data));
        for (const view of [Z, Y, dZ, dY]) expect(new Set(guardsOf(view))).toEqual(new Set([GUARD]));
        expect(entries(Z)).toEqual(Array.from(denseZ.data));
        expect(entries(dY)).toEqual(Array.from(denseDy.data));

        if (!activation.needsInput) {
          activation.forward(kernels, Z, Z);
          expect(entries(Z)).toEqual(Array.from(denseY.data));
        }
        activation.backward(kernels, dY, activation.needsInput ? Z : undefined, Y, dY);
        expect(entries(dY)).toEqual(Array.from(denseDz.data));
      },
    );

    test("in place: Y may be Z", () => {
      const Z = matrix(type, 2, 3, [0.3, -1.5, 2, 0, 4, -0.2]);
      const Y = matrix(type, 2, 3, Z.data);
      activation.forward(kernels, Y, Z);
      activation.forward(kernels, Z, Z);
      expect(Z.data).toEqual(Y.data);
    });

    test("vanishing results of backward are +0, NaN stays NaN", () => {
      const limit = flushLimit(type);
      const Z = matrix(type, 3, 2, [0.1, 0.2, 0.1, 0.2, 0.1, 0.2]);
      const Y = matrix(type, 3, 2, Z.data);
      activation.forward(kernels, Y, Z);
      const dY = matrix(type, 3, 2, [limit / 4, -limit / 4, 256 * limit, -512 * limit, Number.NaN, 1]);
      activation.backward(kernels, dY, activation.needsInput ? Z : undefined, Y, dY);
      expect(Array.from(dY.data.subarray(0, 2))).toEqual([0, 0]);
      expect(dY.data[2]).toBeGreaterThanOrEqual(limit);
      expect(dY.data[3]).toBeLessThanOrEqual(-limit);
      expect(dY.data[4]).toBeNaN();
    });

    test("no rows: nothing is touched", () => {
      const empty = new View(zeros(type, 4).fill(GUARD), 1, 0, 3);
      activation.forward(kernels, empty, empty);
      activation.backward(kernels, empty, empty, empty, empty);
      expect(Array.from(empty.data)).toEqual([GUARD, GUARD, GUARD, GUARD]);
    });
  },
);

test("the slice test notices a loop that forgets the stride", () => {
  const forgetful: Activation = {
    name: "forgetful",
    needsInput: false,
    forward(_kernels, Y, Z) {
      for (let i = 0; i < Y.size; i++) Y.data[Y.offset + i] = Z.data[Z.offset + i];
    },
    backward() {},
  };
  const Z = slice("float64", 2, 2, 3);
  const Y = slice("float64", 2, 2, 1);
  set(Z, [1, 2, 3, 4]);
  forgetful.forward(arithmetics[1], Y, Z);
  expect(entries(Y)).not.toEqual([1, 2, 3, 4]);
});

test("an activation that does not need its input sees NaN for z", () => {
  const seen: number[] = [];
  const nosy = elementwise({
    name: "nosy",
    value: (z) => z,
    derivative(z) {
      seen.push(z);
      return 1;
    },
    needsInput: false,
  });
  const Y = matrix("float64", 1, 2, [1, 2]);
  nosy.backward(arithmetics[1], Y, undefined, Y, Y);
  expect(seen).toEqual([Number.NaN, Number.NaN]);
});
