import { softmaxCrossEntropy } from "@unroll/losses";
import { type SequenceModel, sequenceModel } from "@unroll/model";
import type { Optimizer } from "@unroll/optim";
import { elman } from "@unroll/rnn-cell";
import type { TrainingStepOptions } from "@unroll/train";
import type { Settings } from "./settings.ts";

/** A stack of Elman cells with a readout, symbols in and symbols out. */
export function network({ hidden, layers, seed }: Settings, symbols: number): SequenceModel {
  const cells = Array.from({ length: layers }, () => elman({ hiddenSize: hidden }));
  return sequenceModel({ inputs: symbols, cells, outputs: symbols, seed });
}

/** How each step is taken. */
export function stepOptions(settings: Settings, optimizer: Optimizer): TrainingStepOptions {
  return { loss: softmaxCrossEntropy(), optimizer, clip: settings.clip, truncation: settings.truncate };
}
