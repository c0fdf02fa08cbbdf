import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type Bundle, bundle } from "../src/bundle.ts";
import { node, write } from "../src/consumer.ts";

/** Bytes of a bundle, as servers send it. */
const gzip = ({ code }: Bundle): number => gzipSync(code, { level: 9 }).length;

/** Whether the WebAssembly kernels stand in a bundle: "\0asm" in hexadecimal digits. */
const hasKernels = ({ code }: Bundle): boolean => code.includes("0061736d");

/** An Elman network trained by back-propagation through time, from its parts. */
const TRAINING = `
import { Arena, Tokens } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";
import { elmanCell, linearReadout } from "@unroll/rnn-cell";
import { Unrolled } from "@unroll/bptt";
import { softmaxCrossEntropy } from "@unroll/losses";
import { adam, clipByGlobalNorm } from "@unroll/optim";

const [T, V] = [12, 3];
const cell = elmanCell({ inputSize: V, hiddenSize: 8 });
const readout = linearReadout({ inputSize: 8, outputSize: V });
const size = cell.parameters.size + readout.parameters.size;
const arena = new Arena("float32");
const parameters = arena.matrix(1, size);
const gradients = arena.matrix(1, size);
const ofCell = (vector) => arena.part(vector, 0, 1, cell.parameters.size);
const ofReadout = (vector) => arena.part(vector, cell.parameters.size, 1, readout.parameters.size);
const optimizer = adam({ learningRate: 0.02 });
const state = optimizer.reserve(arena, size);
const [theta, phi] = [ofCell(parameters), ofReadout(parameters)];
const unrolled = new Unrolled(arena, [cell], theta, ofCell(gradients), { steps: T, batch: 1, tokens: true });
const bound = readout.bind(arena, phi, ofReadout(gradients));
const [outputs, dOutputs, losses] = [arena.matrix(T, V), arena.matrix(T, V), arena.matrix(T, 1)];
const [tape, targets] = [arena.matrix(T, readout.tapeSize), arena.tokens(T)];
const { kernels } = arena.commit();
const random = new RandomState(1);
cell.initialize(theta, random);
readout.initialize(phi, random);

const series = Int32Array.from({ length: T + 1 }, (_, i) => [0, 1, 2, 1][i % 4]);
targets.data.set(series.subarray(1), targets.offset);
const loss = softmaxCrossEntropy();
for (let step = 0; step <= 100; step++) {
  kernels.fill(gradients, 0);
  bound.prepare();
  unrolled.forward(new Tokens(series, 0, T), T, 1);
  unrolled.backward((_from, _to, states, dStates) => {
    bound.forward(states, outputs, tape);
    loss.evaluate(kernels, losses, dOutputs, outputs, targets, undefined, 1 / T);
    bound.backward(states, outputs, tape, dOutputs, dStates);
  });
  if (step % 50 === 0) console.log((kernels.sum(losses) / T).toFixed(3));
  clipByGlobalNorm(kernels, gradients, 1);
  optimizer.update(kernels, parameters, gradients, state);
}
`;

test("an Elman cell, BPTT, a loss and an optimizer take less than 30 kB", async () => {
  const made = await bundle(`
export { elmanCell } from "@unroll/rnn-cell";
export { unroll } from "@unroll/bptt";
export { softmaxCrossEntropy } from "@unroll/losses";
export { adam } from "@unroll/optim";
`);
  expect(hasKernels(made)).toBe(true);
  expect(gzip(made)).toBeLessThan(30_000);
});

test("a whole program takes less than 34 kB, with a readout, clipping and random numbers, and learns", async () => {
  const made = await bundle(TRAINING);
  expect(gzip(made)).toBeLessThan(34_000);
  expect(made.packages).toEqual([
    "@unroll/activations",
    "@unroll/bptt",
    "@unroll/kernels",
    "@unroll/linalg",
    "@unroll/losses",
    "@unroll/optim",
    "@unroll/rnn-cell",
  ]);
  const printed = node(write("training.mjs", made.code)).trim().split("\n").map(Number);
  expect(printed).toHaveLength(3);
  expect(printed[2]).toBeLessThan(0.1);
});

test("an arena and the kernels on it take at most 20 kB", async () => {
  const made = await bundle(`export { Arena, Tokens, View, availableKernels, load } from "@unroll/kernels";`);
  expect(hasKernels(made)).toBe(true);
  expect(gzip(made)).toBeLessThanOrEqual(20_000);
});

describe("without a network that runs, no WebAssembly comes along", () => {
  test.each([
    ["{ tanh, gelu }", "activations", 3_000],
    ["{ softmaxCrossEntropy, meanSquaredError }", "losses", 2_000],
    ["{ elmanCell, linearReadout }", "rnn-cell", 5_000],
    ["{ adam, clipByGlobalNorm }", "optim", 2_500],
    ["{ RandomState, orthogonal }", "linalg", 6_000],
    ["{ multiply, spectralRadius }", "linalg", 10_500],
    ["{ complexStep, assertGradients }", "gradcheck", 1_500],
    ["{ readSafetensors, writeSafetensors }", "io", 6_000],
  ])("%s of %s", async (names, name, limit) => {
    const made = await bundle(`export ${names} from "@unroll/${name}";`);
    expect(hasKernels(made)).toBe(false);
    expect(gzip(made)).toBeLessThan(limit);
  });
});
