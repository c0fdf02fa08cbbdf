import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type UnrollOptions, unroll } from "@unroll/bptt";
import { type ElementType, Tokens, View } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";
import { elmanCell } from "@unroll/rnn-cell";
import { expect, test } from "vitest";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Bytes of a training step: the smallest object takes as many. */
const LIMIT = 16;

/**
 * Bytes that a call leaves on the heap, at most, as a mean over a round of calls without a collection: the least of
 * several rounds, since compiling leaves something now and then, and the larger one of long and short rounds, since
 * in long ones a collection could hide a lot of garbage.
 */
function garbageOf(call: () => void): number {
  for (let i = 0; i < 500; i++) call();
  const round = (calls: number): number => {
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < calls; i++) call();
    return (process.memoryUsage().heapUsed - before) / calls;
  };
  // On a busy machine it takes a while until everything is compiled; until then numbers are boxed.
  const least = (calls: number): number => {
    let bytes = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 60 && (i < 8 || bytes >= LIMIT); i++) bytes = Math.min(bytes, round(calls));
    return bytes;
  };
  return Math.max(least(1000), least(100));
}
const T = 8;
const B = 4;
const cells = [elmanCell({ inputSize: 5, hiddenSize: 6 }), elmanCell({ inputSize: 6, hiddenSize: 4 })];
const dense = new View(new RandomState(1).randn(T * B * 5), 0, T * B, 5);
const words = new Tokens(
  Int32Array.from({ length: T * B }, (_, i) => i % 5),
  0,
  T * B,
);

/** A training step: forward, backward, and the gradient added to the parameters. */
function trainingStep(options: Partial<UnrollOptions> & { type?: ElementType }): () => void {
  const { arena, unrolled, parameters, gradients } = unroll(cells, { steps: T, batch: B, ...options });
  new RandomState(2).fillNormal(parameters);
  const kernels = arena.kernels;
  const inputs = options.tokens ? words : dense;
  const outputGradient = (_from: number, _to: number, outputs: View, dOutputs: View): void =>
    kernels.copy(dOutputs, outputs);
  return () => {
    kernels.fill(gradients, 0);
    unrolled.forward(inputs, T, B);
    unrolled.backward(outputGradient);
    kernels.sgdUpdate(parameters, gradients, 1e-3, 0, 1);
  };
}

test.each([
  ["in full", {}],
  ["in full, in float64", { type: "float64" }],
  ["in full, with gradients of the inputs", { inputGradient: true }],
  ["on tokens", { tokens: true }],
  ["truncated", { truncation: { k1: 2, k2: 5 } }],
  ["with checkpoints", { checkpoint: "sqrt" }],
] as const)("a training step %s leaves nothing on the heap", (_, options) => {
  expect(garbageOf(trainingStep(options))).toBeLessThan(LIMIT);
});

test("with a hook as well", () => {
  const { arena, unrolled } = unroll(cells, { steps: T, batch: B });
  let seen = 0;
  unrolled.onBackwardStep = ({ step }) => {
    seen += step;
  };
  const clear = (_from: number, _to: number, _outputs: View, dOutputs: View): void =>
    arena.kernels.fill(dOutputs, 0);
  const call = (): void => {
    unrolled.forward(dense, T, B);
    unrolled.backward(clear);
  };
  expect(garbageOf(call)).toBeLessThan(LIMIT);
  expect(seen).toBeGreaterThan(0);
});

test("a planted error: a single view is seen", () => {
  const step = trainingStep({});
  const kept: View[] = [dense];
  const wasteful = (): void => {
    step();
    kept[0] = new View(dense.data, 0, T * B, 5);
  };
  expect(garbageOf(wasteful)).toBeGreaterThan(2 * LIMIT);
});
