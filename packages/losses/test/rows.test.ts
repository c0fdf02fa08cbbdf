import { flushLimit, isTokens, type Kernels, type Rows, View } from "@unroll/kernels";
import { type Loss, meanSquaredError, softmaxCrossEntropy } from "@unroll/losses";
import { describe, expect, test } from "vitest";
import { arithmetics, evaluate, losses, pseudoRandom, randomTargets, targetsOf, zeros } from "./cases.ts";

const GUARD = 12345;

/** The rows inside a larger array full of guard values, as a slice of columns of a wider matrix. */
function slice(type: Kernels["type"], rows: readonly (readonly number[])[], offset: number): View {
  const stride = rows[0].length + 3;
  const view = new View(
    zeros(type, offset + rows.length * stride + 5),
    offset,
    rows.length,
    rows[0].length,
    stride,
  );
  view.data.fill(GUARD);
  for (const [r, row] of rows.entries())
    for (const [c, x] of row.entries()) view.data[offset + r * stride + c] = x;
  return view;
}

function entries(view: View): number[] {
  return Array.from({ length: view.size }, (_, i) => {
    return view.data[view.offset + Math.floor(i / view.columns) * view.stride + (i % view.columns)];
  });
}

function guards(view: View): number {
  return view.data.filter((x) => x === GUARD).length;
}

function sliced(type: Kernels["type"], targets: readonly (number | readonly number[])[]): Rows {
  const rows = targetsOf(type, targets);
  if (!isTokens(rows)) return slice(type, targets as number[][], 2);
  const data = new Int32Array(rows.rows + 4).fill(GUARD);
  data.set(rows.data, 3);
  return Object.assign(rows, { data, offset: 3 });
}

const each = Object.keys(losses).flatMap((name) =>
  arithmetics.map((kernels) => ({ name, kernels, type: kernels.type })),
);

describe.each(each)("$name in $type", ({ name, kernels, type }) => {
  const loss: Loss = losses[name];

  test("slices of wider matrices give what dense matrices give, and nothing else is written", () => {
    const random = pseudoRandom(2);
    for (const [rows, columns] of [
      [1, 1],
      [3, 1],
      [2, 5],
      [4, 17],
    ]) {
      const outputs = Array.from({ length: rows }, () => Array.from({ length: columns }, () => 3 * random()));
      const targets = randomTargets(loss, rows, columns, random);
      const weights = outputs.map((_, r) => (r === 1 ? 0 : 1 + random()));
      const dense = evaluate(loss, outputs, targets, { weights, scale: 0.3, kernels });
      const O = slice(type, outputs, 7);
      const dO = slice(type, outputs, 4);
      const l = slice(
        type,
        weights.map(() => [0]),
        1,
      );
      const W = slice(
        type,
        weights.map((w) => [w]),
        3,
      );
      const before = [guards(O), guards(dO), guards(l)];
      loss.evaluate(kernels, l, dO, O, sliced(type, targets), W, 0.3);
      expect(entries(l)).toEqual(dense.losses);
      expect(entries(dO)).toEqual(dense.dOutputs);
      expect([guards(O), guards(dO), guards(l)]).toEqual(before);
      const again = slice(
        type,
        weights.map(() => [0]),
        1,
      );
      loss.evaluate(kernels, again, undefined, O, sliced(type, targets), W, 0.3);
      expect(entries(again)).toEqual(dense.losses);
    }
  });

  test("a weight multiplies, weights of 1 change no bit, and stride 0 repeats one weight", () => {
    const random = pseudoRandom(8);
    const outputs = [
      [0.3, -1],
      [2, 0.1],
    ];
    const targets = randomTargets(loss, 2, 2, random);
    const plain = evaluate(loss, outputs, targets, { kernels });
    expect(evaluate(loss, outputs, targets, { weights: [1, 1], kernels })).toEqual(plain);
    const twice = evaluate(loss, outputs, targets, { weights: [2, 4], kernels });
    expect(twice.losses).toEqual([2 * plain.losses[0], 4 * plain.losses[1]]);
    expect(twice.dOutputs).toEqual(plain.dOutputs.map((d, i) => (i < 2 ? 2 : 4) * d));
    const l = slice(type, [[0], [0]], 0);
    const repeated = new View(zeros(type, 1).fill(2), 0, 2, 1, 0);
    loss.evaluate(kernels, l, undefined, slice(type, outputs, 1), targetsOf(type, targets), repeated, 1);
    expect(entries(l)).toEqual(plain.losses.map((x) => 2 * x));
  });

  test("a row of weight 0 gives exact zeros, whatever its outputs and targets are", () => {
    const garbage = [
      [Number.NaN, Number.POSITIVE_INFINITY],
      [0.5, -0.5],
    ];
    const targets =
      loss.targets === "tokens"
        ? [-7, 1]
        : [
            [Number.NaN, Number.NEGATIVE_INFINITY],
            [0, 1],
          ];
    const { losses: l, dOutputs } = evaluate(loss, garbage, targets, {
      weights: [0, 1],
      scale: 0.5,
      kernels,
    });
    expect([l[0], dOutputs[0], dOutputs[1]]).toEqual([0, 0, 0]);
    const alone = evaluate(loss, [garbage[1]], [targets[1]], { scale: 0.5, kernels });
    expect([l[1], dOutputs[2], dOutputs[3]]).toEqual([...alone.losses, ...alone.dOutputs]);
  });

  test("NaN outputs of a row that counts are seen in its loss", () => {
    const targets = loss.targets === "tokens" ? [0] : [[0, 1]];
    expect(evaluate(loss, [[Number.NaN, 1]], targets, { kernels }).losses).toEqual([Number.NaN]);
  });

  test("vanishing gradients are +0", () => {
    const targets = loss.targets === "tokens" ? [0] : [[1, 0]];
    const { dOutputs } = evaluate(loss, [[0.1, 0.2]], targets, { scale: flushLimit(type) / 16, kernels });
    expect(dOutputs).toEqual([0, 0]);
  });
});

test("an ignored target counts as nothing", () => {
  const { losses: l, dOutputs } = evaluate(
    softmaxCrossEntropy(),
    [
      [Number.NaN, 1],
      [0, 0],
    ],
    [-1, 1],
    {},
  );
  expect(l).toEqual([0, Math.LN2]);
  expect(dOutputs).toEqual([0, 0, 0.5, -0.5]);
});

test("float32 results of the loops here are the float64 ones, rounded once", () => {
  const random = pseudoRandom(6);
  for (const name of Object.keys(losses)) {
    if (name.startsWith("softmaxCrossEntropy")) continue; // a kernel: rounds every operation
    const single = (rows: number[][]) => rows.map((row) => row.map(Math.fround));
    const outputs = single([Array.from({ length: 9 }, () => 5 * random())]);
    const targets = single(randomTargets(losses[name], 1, 9, random) as number[][]);
    const double = evaluate(losses[name], outputs, targets, {});
    const rounded = evaluate(losses[name], outputs, targets, { kernels: arithmetics[0] });
    expect(rounded.losses).toEqual(double.losses.map(Math.fround));
    expect(rounded.dOutputs).toEqual(double.dOutputs.map(Math.fround));
  }
});

test("the slice test notices a loop that forgets the stride", () => {
  const outputs = slice(
    "float64",
    [
      [1, 2],
      [3, 4],
    ],
    1,
  );
  const forgetful = new View(outputs.data, outputs.offset, 2, 2);
  const [right, wrong] = [outputs, forgetful].map((O) => {
    const l = slice("float64", [[0], [0]], 0);
    meanSquaredError().evaluate(
      arithmetics[1],
      l,
      undefined,
      O,
      slice(
        "float64",
        [
          [0, 0],
          [0, 0],
        ],
        0,
      ),
      undefined,
      1,
    );
    return entries(l);
  });
  expect(right).toEqual([2.5, 12.5]);
  expect(wrong).not.toEqual(right);
});
