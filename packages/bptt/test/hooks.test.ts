import { windows } from "@unroll/bptt";
import { expect, test } from "vitest";
import { type Problem, problem, rowsOf } from "./support/problem.ts";
import { elements, outputGradient, prepared, type RunOptions } from "./support/run.ts";

const one = problem({ T: 5, B: 2, sizes: [3, 2] });

/** δ_t and ε_t of both layers of a tanh stack by the plain recursion, layer by layer, from the states alone. */
function recursion(of: Problem): { delta: number[][][]; epsilon: number[][][] } {
  const { T, B, layers, layout, parameters, c, d } = of;
  const W = (name: string, i: number, j: number): number => {
    const { offset, columns } = layout.slices[name];
    return parameters[offset + i * columns + j];
  };
  const { unrolled } = prepared(of);
  unrolled.forward(rowsOf(of));
  const states = layers.map((_, l) => elements(unrolled.layers[l].visible.range(1, T + 1)));
  const delta: number[][][] = layers.map(() => []);
  const epsilon: number[][][] = layers.map(() => []);
  for (let l = layers.length - 1; l >= 0; l--) {
    const { n } = layers[l];
    for (let t = T - 1; t >= 0; t--) {
      delta[l][t] = new Array(B * n).fill(0);
      epsilon[l][t] = [];
      for (let b = 0; b < B; b++) {
        for (let i = 0; i < n; i++) {
          const at = (t * B + b) * n + i;
          const h = states[l][at];
          let sum = 0;
          if (l === layers.length - 1) sum += h + c[at];
          else
            for (let j = 0; j < layers[l + 1].n; j++)
              sum += W(`${l + 1}.W_xh`, j, i) * epsilon[l + 1][t][b * layers[l + 1].n + j];
          if (t === T - 1) sum += d[l][b * n + i];
          else for (let j = 0; j < n; j++) sum += W(`${l}.W_hh`, j, i) * epsilon[l][t + 1][b * n + j];
          delta[l][t][b * n + i] = sum;
          epsilon[l][t][b * n + i] = (1 - h * h) * sum;
        }
      }
    }
  }
  return { delta, epsilon };
}

interface Seen {
  readonly layer: number;
  readonly step: number;
  readonly dState: number[];
  readonly delta: number[];
  readonly state: number[];
}

function seenBy(options: RunOptions): Seen[] {
  const seen: Seen[] = [];
  const { unrolled } = prepared(one, options);
  unrolled.onBackwardStep = ({ layer, step, dState, delta, state }) => {
    seen.push({ layer, step, dState: elements(dState), delta: elements(delta), state: elements(state) });
  };
  unrolled.forward(rowsOf(one));
  unrolled.backward(outputGradient(one));
  return seen;
}

test("the hook sees δ_t, ε_t and h_t of every layer and step", () => {
  const { delta, epsilon } = recursion(one);
  const seen = seenBy({});
  expect(seen.map(({ layer, step }) => [layer, step])).toEqual(
    [1, 0].flatMap((l) => [4, 3, 2, 1, 0].map((t) => [l, t])),
  );
  for (const { layer, step, ...at } of seen) {
    for (const [i, value] of at.dState.entries()) expect(value).toBeCloseTo(delta[layer][step][i], 12);
    for (const [i, value] of at.delta.entries()) expect(value).toBeCloseTo(epsilon[layer][step][i], 12);
    for (const [i, h] of at.state.entries()) expect(at.delta[i]).toBeCloseTo((1 - h * h) * at.dState[i], 12);
  }
});

test("with checkpoints it sees the same, segment by segment", () => {
  const order = ({ layer, step }: Seen): number => 10 * layer + step;
  const sorted = (seen: Seen[]): Seen[] => seen.toSorted((a, b) => order(b) - order(a));
  const seen = seenBy({ checkpoint: "sqrt" });
  expect(seen.map(({ layer, step }) => [layer, step])).toEqual([
    ...segments(5, 3).flatMap(([from, to]) =>
      [1, 0].flatMap((l) => Array.from({ length: to - from }, (_, i) => [l, to - 1 - i])),
    ),
  ]);
  expect(sorted(seen)).toEqual(sorted(seenBy({})));
});

test("with truncation it sees every window, from its own loss gradients", () => {
  const truncation = { k1: 2, k2: 3 };
  const seen = seenBy({ truncation });
  expect(seen.map(({ layer, step }) => [layer, step])).toEqual(
    windows(5, truncation).flatMap(({ from, to }) =>
      [1, 0].flatMap((l) => Array.from({ length: to - from }, (_, i) => [l, to - 1 - i])),
    ),
  );
});

test("it can be taken away again", () => {
  const { unrolled } = prepared(one);
  let calls = 0;
  unrolled.onBackwardStep = () => {
    calls++;
  };
  unrolled.forward(rowsOf(one));
  unrolled.backward(outputGradient(one));
  expect(calls).toBe(10);
  unrolled.onBackwardStep = undefined;
  unrolled.backward(outputGradient(one));
  expect(calls).toBe(10);
});

/** The segments of T steps, from the last to the first. */
function segments(T: number, length: number): [from: number, to: number][] {
  const parts: [number, number][] = [];
  for (let from = 0; from < T; from += length) parts.unshift([from, Math.min(from + length, T)]);
  return parts;
}
