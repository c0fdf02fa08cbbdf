import { type Truncation, type Window, windows } from "@unroll/bptt";
import { assertGradients, compareGradients } from "@unroll/gradcheck";
import { load, View } from "@unroll/kernels";
import { describe, expect, test } from "vitest";
import { partGradient } from "./support/oracle.ts";
import { type Problem, problem, rowsOf, tensorsOf } from "./support/problem.ts";
import {
  elements,
  gradientOf,
  gradientsIn,
  matrix,
  outputGradient,
  prepared,
  setStates,
} from "./support/run.ts";

const T = 6;
const stacks = { "one cell": [3], "a stack of two": [3, 2] };
const lengths = [1, 2, T - 1, T, T + 3];
const everyPair = lengths.flatMap((k1) => lengths.map((k2) => ({ k1, k2 })));

/** Each window on its own, from the state that stood before it, with its losses; the sum of their gradients. */
function sumOfWindows(of: Problem, parts: readonly Window[]): Float64Array {
  return parts
    .map((part) => partGradient(of, part))
    .reduce((sum, part) => sum.map((value, i) => value + part[i]));
}

/** After steps k1, 2k1, … and T: the losses since the last time, k2 steps back. Written apart from `windows`. */
function windowsByHand({ k1, k2 }: Truncation): Window[] {
  const parts: Window[] = [];
  let lossFrom = 0;
  for (let t = 1; t <= T; t++) {
    if (t % k1 !== 0 && t !== T) continue;
    const from = Math.max(t - k2, 0);
    parts.push({ from, to: t, lossFrom: Math.max(lossFrom, from) });
    lossFrom = t;
  }
  return parts;
}

describe.each(Object.entries(stacks))("%s", (_, sizes) => {
  const one = problem({ T, sizes });
  const tensors = tensorsOf(one);

  test.each(everyPair)("k1 = $k1, k2 = $k2 is the sum of its windows", (truncation) => {
    const expected = sumOfWindows(one, windowsByHand(truncation));
    assertGradients(gradientOf(one, { truncation }), expected, { tensors, tolerance: 1e-12 });
  });

  test.each(everyPair)("k1 = $k1, k2 = $k2 with tokens", (truncation) => {
    const words = problem({ T, sizes, m: 3, tokens: true });
    const expected = sumOfWindows(words, windowsByHand(truncation));
    assertGradients(gradientOf(words, { truncation }), expected, {
      tensors: tensorsOf(words),
      tolerance: 1e-12,
    });
  });

  test.each(lengths)("a shorter run than planned, k1 = k2 = %s", (k) => {
    const truncation = { k1: k, k2: k };
    const expected = gradientOf(one, { truncation });
    expect(gradientOf(one, { truncation, steps: T + 5, batch: one.B + 2 })).toEqual(expected);
  });

  test.each(lengths)("sliding, k2 = %s: exact from k2 = T on, not before", (k2) => {
    const truncation = { k1: 1, k2 };
    const { error } = compareGradients(gradientOf(one, { truncation }), gradientOf(one), { tensors });
    if (k2 >= T) expect(error).toBeLessThan(1e-14);
    else expect(error).toBeGreaterThan(1e-3);
  });

  test("one window over everything has the bits of full back-propagation", () => {
    for (const k1 of [T, T + 3]) {
      for (const k2 of [T, T + 3])
        expect(gradientOf(one, { truncation: { k1, k2 } })).toEqual(gradientOf(one));
    }
  });

  test("k2 < k1 drops the older losses", () => {
    const truncation = { k1: 3, k2: 2 };
    const full = gradientOf(one, { truncation });
    // Losses 1 and 4 of 6 (counted from 1) are dropped: they may be anything.
    const other = {
      ...one,
      c: one.c.map((value, i) =>
        [0, 3].includes(Math.floor(i / (one.B * sizes[sizes.length - 1]))) ? 99 : value,
      ),
    };
    expect(gradientOf(other, { truncation })).toEqual(full);
    expect(gradientOf(other)).not.toEqual(gradientOf(one));
  });

  describe.each([...lengths, 3])("chunks of %s", (L) => {
    /** One run for each chunk, which starts from the states that the chunk before it left. */
    function inChunks(): Float64Array {
      const stack = prepared(one, { steps: Math.min(L, T) });
      const { arena, unrolled } = stack;
      const { B, m, inputs, c, d } = one;
      const top = sizes[sizes.length - 1];
      const dInputs: number[] = [];
      let gradient = new Float64Array();
      for (let from = 0; from < T; from += L) {
        const steps = Math.min(L, T - from);
        for (const { initialState, finalState } of from > 0 ? unrolled.layers : [])
          arena.kernels.copy(initialState, finalState);
        unrolled.layers.forEach(({ dFinalState }, l) => {
          dFinalState.data.set(
            from + steps === T ? d[l] : new Float64Array(dFinalState.size),
            dFinalState.offset,
          );
        });
        unrolled.forward(new View(inputs, from * B * m, steps * B, m), steps, B);
        unrolled.backward(outputGradient({ ...one, c: c.subarray(from * B * top) }));
        const inStates = sizes.reduce((sum, n) => sum + B * n, 0);
        const whole = gradientsIn(stack);
        dInputs.push(...whole.subarray(one.layout.size, whole.length - inStates));
        const initial = from === 0 ? whole.subarray(whole.length - inStates) : gradient.subarray(-inStates);
        gradient = Float64Array.from([...whole.subarray(0, one.layout.size), ...dInputs, ...initial]);
      }
      return gradient;
    }

    test("with carried states agree with the explicit construction", () => {
      const parts = Array.from({ length: Math.ceil(T / L) }, (_, i) => ({
        from: i * L,
        to: Math.min((i + 1) * L, T),
        lossFrom: i * L,
      }));
      assertGradients(inChunks(), sumOfWindows(one, parts), { tensors, tolerance: 1e-12 });
    });

    test("are k1 = k2, but for a last chunk that is shorter: that goes back k2 steps all the same", () => {
      const { error } = compareGradients(gradientOf(one, { truncation: { k1: L, k2: L } }), inChunks(), {
        tensors,
      });
      if (T % L === 0 || L > T) expect(error).toBeLessThan(1e-14);
      else expect(error).toBeGreaterThan(1e-3);
    });
  });
});

test("a window must pass through the whole stack: layer by layer is another gradient", () => {
  // Layer by layer: the top layer's deltas, summed over all its windows, are handed down and cut into windows again.
  const one = problem({ T, sizes: [3, 2] });
  const truncation = { k1: 2, k2: 4 };
  const right = gradientOf(one, { truncation });

  const top = prepared(one, { truncation });
  top.unrolled.forward(rowsOf(one));
  top.unrolled.backward(outputGradient(one));
  const [below, above] = top.unrolled.layers;
  above.inputGradient(above.deltaSum.range(0, T), below.dVisible.range(0, T));
  const handedDown = Float64Array.from(elements(below.dVisible.range(0, T)));

  const alone: Problem = {
    ...one,
    ...{ layers: one.layers.slice(0, 1), cells: one.cells.slice(0, 1), layout: one.cells[0].parameters },
    parameters: one.parameters.slice(0, one.cells[0].parameters.size),
  };
  const bottom = prepared(alone, { truncation });
  bottom.unrolled.forward(rowsOf(one));
  bottom.unrolled.backward((_from, _to, _outputs, dOutputs) => load(dOutputs, matrix(T * one.B, handedDown)));
  const wrong = elements(bottom.gradients);
  const { error } = compareGradients(wrong, right.subarray(0, wrong.length), {
    tensors: alone.layout.slices,
  });
  expect(error).toBeGreaterThan(0.01);
  expect(error).toBeLessThan(1);
});

describe("windows", () => {
  test("are the ones made by hand", () => {
    for (const truncation of everyPair) expect(windows(T, truncation)).toEqual(windowsByHand(truncation));
  });

  test("without truncation there is one", () => {
    expect(windows(5, undefined)).toEqual([{ from: 0, to: 5, lossFrom: 0 }]);
  });

  test("every loss within k2 steps of its sweep is counted once", () => {
    for (const { k1, k2 } of everyPair) {
      for (const steps of [1, 5, 6, 7, 20]) {
        const counted = new Array<number>(steps).fill(0);
        for (const { from, to, lossFrom } of windows(steps, { k1, k2 })) {
          expect(to - from).toBe(Math.min(k2, to));
          for (let t = lossFrom; t < to; t++) counted[t]++;
        }
        expect(Math.max(...counted)).toBe(1);
        if (k2 >= k1) expect(Math.min(...counted)).toBe(1);
      }
    }
  });

  test.each([0, -1, 1.5, Number.NaN])("k1 or k2 of %s is refused", (k) => {
    expect(() => windows(5, { k1: k, k2: 1 })).toThrow(
      `bptt: option truncation.k1 is ${k}, expected a positive integer`,
    );
    expect(() => windows(5, { k1: 1, k2: k })).toThrow(
      `bptt: option truncation.k2 is ${k}, expected a positive integer`,
    );
  });
});

test("the same stack may be run again and again", () => {
  const one = problem({ T, sizes: [3, 2] });
  const truncation = { k1: 2, k2: 3 };
  const stack = prepared(one, { truncation });
  for (let i = 0; i < 2; i++) {
    stack.arena.kernels.fill(stack.gradients, 0);
    setStates(one, stack);
    stack.unrolled.forward(rowsOf(one));
    stack.unrolled.backward(outputGradient(one));
    expect(gradientsIn(stack)).toEqual(gradientOf(one, { truncation }));
  }
});
