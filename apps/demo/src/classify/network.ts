import { identity as noActivation, relu } from "@unroll/activations";
import { identity, orthogonal } from "@unroll/linalg";
import { softmaxCrossEntropy } from "@unroll/losses";
import { type SequenceModel, sequenceModel } from "@unroll/model";
import type { Optimizer } from "@unroll/optim";
import { elman } from "@unroll/rnn-cell";
import type { TrainingStepOptions } from "@unroll/train";
import { type Member, newMember } from "../training/member.ts";
import type { LabelledData } from "./labelled-data.ts";
import type { Settings } from "./settings.ts";

/**
 * Elman cells that read, with rectified units and W_hh = Q/2, so that what they heard fades; on top one without an
 * activation that begins with W_hh = I, so that it adds up what they say; a readout, classes out.
 */
function network(
  { hidden, layers, summary, seed }: Pick<Settings, "hidden" | "layers" | "summary" | "seed">,
  inputs: number,
  classes: number,
): SequenceModel {
  const reader = elman({
    hiddenSize: hidden,
    activation: relu,
    initializers: { W_hh: orthogonal({ gain: 0.5 }) },
  });
  const adder = (units: number) =>
    elman({ hiddenSize: units, activation: noActivation, initializers: { W_hh: identity() } });
  const cells = [...Array.from({ length: layers }, () => reader), ...(summary ? [adder(summary)] : [])];
  return sequenceModel({ inputs, cells, outputs: classes, seed });
}

/** How each step is taken. */
export function stepOptions({ smoothing, clip }: Settings, optimizer: Optimizer): TrainingStepOptions {
  return { loss: softmaxCrossEntropy({ labelSmoothing: smoothing }), optimizer, clip };
}

/** A network before its first update. */
export function classifyMember(
  settings: Settings,
  optimizer: Optimizer,
  seed: number,
  { vocabulary, classes, steps }: Pick<LabelledData, "vocabulary" | "classes" | "steps">,
): Member {
  const model = network({ ...settings, seed }, vocabulary.size, classes.length);
  const room = { steps, batch: settings.batch, tokenInputs: true, tokenTargets: true };
  model.reserve({ ...stepOptions(settings, optimizer), ...room });
  return newMember(seed, model);
}
