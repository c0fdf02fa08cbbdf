import type { View } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";
import { type Loss, softmaxCrossEntropy } from "@unroll/losses";
import { type SequenceModel, type SequenceModelOptions, sequenceModel } from "@unroll/model";
import { elman } from "@unroll/rnn-cell";
import { type TokenDataset, tokenStreams } from "@unroll/train";

export const loss: Loss = softmaxCrossEntropy();

/** Symbols of the small data sets. */
export const V = 4;

/** A sequence in which each symbol is twice the one two places before it plus one, mostly. */
export function series(length: number, seed = 1): Int32Array {
  const random = new RandomState(seed);
  const tokens = Int32Array.from({ length }, () => random.randint(0, V));
  for (let i = 2; i < length; i++) if (random.random() < 0.9) tokens[i] = (2 * tokens[i - 2] + 1) % V;
  return tokens;
}

/** Batches of 3 streams by 5 steps; the last of an epoch has 2. */
export function smallData(options: { carry?: boolean; length?: number; seed?: number } = {}): TokenDataset {
  const { carry = true, length = 3 * 37 + 1, seed = 1 } = options;
  return tokenStreams(series(length, seed), { size: V, steps: 5, batch: 3, carry });
}

export function smallModel(options: Partial<SequenceModelOptions> = {}): SequenceModel {
  const cells = [elman({ hiddenSize: 6 }), elman({ hiddenSize: 5 })];
  return sequenceModel({ inputs: V, cells, outputs: V, seed: 2, ...options });
}

/** The bits of the numbers of a view, row by row. */
export function bits({ data, offset, rows, columns, stride }: View): string[] {
  return Array.from({ length: rows }, (_, r) => {
    const start = offset + r * stride;
    const bytes = new Uint8Array(data.slice(start, start + columns).buffer);
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  });
}

/** The bits of all that a training step may change. */
export function snapshot(model: SequenceModel): unknown {
  const { step, vectors } = model.optimizerState ?? { step: 0, vectors: {} };
  return {
    parameters: bits(model.parameters),
    step,
    vectors: Object.entries(vectors).map(([name, vector]) => [name, bits(vector)]),
    states: model.saveStates().map(bits),
  };
}
