import { softmaxCrossEntropy } from "@unroll/losses";
import { type SequenceModel, sequenceModel } from "@unroll/model";
import { adam, linear, type Optimizer, type Schedule } from "@unroll/optim";
import { elman } from "@unroll/rnn-cell";
import type { TrainingStepOptions } from "@unroll/train";
import type { Settings } from "./settings.ts";

/** A stack of Elman cells with a readout, symbols in and symbols out. */
export function network({ hidden, layers, seed }: Settings, symbols: number): SequenceModel {
  const cells = Array.from({ length: layers }, () => elman({ hiddenSize: hidden }));
  return sequenceModel({ inputs: symbols, cells, outputs: symbols, seed });
}

/** The learning rate falls to 0 in a straight line over the updates. */
export function learningRateOf({ lr, updates }: Settings): Schedule {
  return linear(lr, 0, updates);
}

export function optimizerOf(settings: Settings): Optimizer {
  return adam({ learningRate: learningRateOf(settings) });
}

/** How each step is taken. */
export function stepOptions(settings: Settings, optimizer: Optimizer): TrainingStepOptions {
  return { loss: softmaxCrossEntropy(), optimizer, clip: settings.clip, truncation: settings.truncate };
}
