import { sigmoid } from "@unroll/activations";
import type { KernelChoice, KernelKind } from "@unroll/kernels";
import { fromRows, RandomState } from "@unroll/linalg";
import { meanSquaredError, softmaxCrossEntropy } from "@unroll/losses";
import { type SequenceModel, sequenceModel } from "@unroll/model";
import { adam, linear } from "@unroll/optim";
import { elman } from "@unroll/rnn-cell";
import { type Dataset, type FitOptions, fit, tokenStreams, type Workers, windows } from "@unroll/train";

/** What a run left: which kernels ran, the last loss, the SHA-256 of the weights. */
export interface RunResult {
  readonly kernels: KernelKind;
  readonly loss: number;
  readonly hash: string;
}

/** 1,000 steps each, over shapes that no tile or lane divides. */
export const runs: Readonly<
  Record<string, (kernels: KernelChoice, workers?: Workers | undefined) => Promise<RunResult>>
> = {
  "tokens in float32": (kernels, workers) => {
    const model = sequenceModel({
      inputs: 11,
      cells: [elman({ hiddenSize: 19 }), elman({ hiddenSize: 13, activation: sigmoid })],
      outputs: 11,
      seed: 1,
      kernels,
    });
    const data = tokenStreams(symbols(11, 900), { size: 11, steps: 12, batch: 5 });
    return trained(model, data, {
      loss: softmaxCrossEntropy(),
      optimizer: adam({ learningRate: linear(0.01, 0, 1000) }),
      clip: 0.5,
      workers,
    });
  },
  "numbers in float64": (kernels, workers) => {
    const model = sequenceModel({
      inputs: 3,
      cells: [elman({ hiddenSize: 13 })],
      outputs: 3,
      type: "float64",
      seed: 2,
      kernels,
    });
    const data = windows(walk(3, 400), { steps: 10, batch: 7, seed: 3 });
    return trained(model, data, {
      loss: meanSquaredError(),
      optimizer: adam({ learningRate: 0.003 }),
      clip: 1,
      workers,
    });
  },
};

async function trained(model: SequenceModel, data: Dataset, options: FitOptions): Promise<RunResult> {
  let loss = Number.NaN;
  let done = 0;
  for await (const step of fit(model, data, { ...options, epochs: 1000, steps: 1000 })) {
    loss = step.loss;
    done = step.step;
  }
  if (done !== 1000) throw new Error(`${done} steps`);
  const { data: all, offset, size } = model.parameters;
  return { kernels: model.kernels.kind, loss, hash: await sha256(all.slice(offset, offset + size)) };
}

/** SHA-256 of the little-endian bytes of numbers. */
async function sha256(numbers: Float32Array | Float64Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", numbers as Float32Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A sequence in which a symbol mostly follows from the two before it. */
function symbols(V: number, length: number): Int32Array {
  const random = new RandomState(4);
  const tokens = Int32Array.from({ length }, () => random.randint(0, V));
  for (let i = 2; i < length; i++)
    if (random.random() < 0.85) tokens[i] = (tokens[i - 1] + 3 * tokens[i - 2] + 1) % V;
  return tokens;
}

/** Rows that swing about 0 and are pushed at random. */
function walk(columns: number, rows: number): ReturnType<typeof fromRows> {
  const random = new RandomState(5);
  const all = [Array.from({ length: columns }, () => 0)];
  for (let r = 1; r < rows; r++)
    all.push(
      all[r - 1].map((x, c) => 0.7 * x - 0.3 * all[r - 1][(c + 1) % columns] + random.uniform(-0.5, 0.5)),
    );
  return fromRows(all);
}
