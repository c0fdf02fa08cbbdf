import { createInterface } from "node:readline";
import { relu, tanh } from "@unroll/activations";
import { type KernelChoice, Tokens, View } from "@unroll/kernels";
import { slice } from "@unroll/linalg";
import { meanSquaredError, softmaxCrossEntropy } from "@unroll/losses";
import { type SequenceModel, sequenceModel } from "@unroll/model";
import { elman } from "@unroll/rnn-cell";
import { decode, type Problem } from "./problem.ts";

/** Our side of the protocol that `peers/serve.mjs` describes. Arguments: "reproducible" or "fast". */
const choice = process.argv[2] as KernelChoice;

interface Made {
  /** What is compared: the loss and the norm of all gradients, or the outputs of the first steps. */
  readonly result: unknown;
  readonly run: () => void;
}

let run: () => void = () => undefined;

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  if (asked.make) {
    const made = asked.make.kind === "training" ? training(asked.make) : streaming(asked.make);
    run = made.run;
    answer({ result: made.result });
  } else if (asked.time) {
    const start = performance.now();
    for (let i = 0; i < asked.time; i++) run();
    answer({ milliseconds: (performance.now() - start) / asked.time });
  } else answer({ version: `${modelOf(1, 1, 1).kernels.kind} kernels` });
}

function answer(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

function training(problem: Problem): Made {
  const { I, O, B, T } = problem.sizes;
  const model = withWeights(problem);
  const rows = T * B;
  const tokens = problem.loss === "cross-entropy";
  const batch = {
    steps: T,
    batch: B,
    inputs: new View(decode(Float32Array, problem.inputs), 0, rows, I),
    targets: tokens
      ? new Tokens(decode(Int32Array, problem.targets), 0, rows)
      : new View(decode(Float32Array, problem.targets), 0, rows, O),
  };
  const loss = tokens ? softmaxCrossEntropy() : meanSquaredError();
  const objective = { loss };
  const result = {
    loss: model.gradient(batch, objective),
    gradientNorm: Math.sqrt(model.kernels.sumOfSquares(model.gradients)),
  };
  return { result, run: () => void model.gradient(batch, objective) };
}

function streaming(problem: Problem): Made {
  const { I, O, T } = problem.sizes;
  const stream = withWeights(problem).stream();
  const inputs = decode(Float32Array, problem.inputs);
  const output = new Float32Array(O);
  const outputs: number[] = [];
  for (let t = 0; t < T; t++) {
    stream.step(inputs.subarray(t * I, (t + 1) * I), output);
    outputs.push(...output);
  }
  const input = inputs.slice(0, I);
  return { result: { outputs }, run: () => stream.step(input, output) };
}

function withWeights({ sizes, weights, activation }: Problem): SequenceModel {
  const model = modelOf(sizes.I, sizes.H, sizes.O, activation);
  const names = { W_xh: "0.W_xh", W_hh: "0.W_hh", b_h: "0.b_h", W_hy: "readout.W_hy", b_y: "readout.b_y" };
  for (const [name, inModel] of Object.entries(names)) {
    const { data, offset } = slice(model.parameters, model.layout, inModel);
    data.set(decode(Float32Array, weights[name as keyof typeof names]), offset);
  }
  model.parametersChanged();
  return model;
}

function modelOf(I: number, H: number, O: number, activation: Problem["activation"] = "tanh"): SequenceModel {
  const cells = [elman({ hiddenSize: H, activation: activation === "tanh" ? tanh : relu })];
  return sequenceModel({ inputs: I, cells, outputs: O, kernels: choice });
}
