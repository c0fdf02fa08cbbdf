import { huber, type Loss, meanAbsoluteError, meanSquaredError } from "@unroll/losses";
import { type SequenceModel, sequenceModel } from "@unroll/model";
import type { Optimizer } from "@unroll/optim";
import { elman } from "@unroll/rnn-cell";
import { type Dataset, type TrainingStepOptions, windows } from "@unroll/train";
import { type Member, newMember } from "../training/member.ts";
import { inputSize } from "./inputs.ts";
import { type PreparedSeries, trainingMatrix } from "./prepare.ts";
import type { Settings } from "./settings.ts";

/** How each step is taken. */
export function stepOptions(settings: Settings, optimizer: Optimizer): TrainingStepOptions {
  return { loss: lossOf(settings), optimizer, clip: settings.clip };
}

function lossOf({ loss, delta }: Settings): Loss {
  if (loss === "mae") return meanAbsoluteError();
  return loss === "mse" ? meanSquaredError() : huber({ delta });
}

/** A stack of Elman cells that says what the base leaves over, before its first update. */
export function seriesMember(
  settings: Settings,
  optimizer: Optimizer,
  seed: number,
  prepared: readonly PreparedSeries[],
): Member {
  const { plan } = prepared[0]!;
  const { hidden, layers, seqLen, batch } = settings;
  const model: SequenceModel = sequenceModel({
    inputs: inputSize(plan),
    cells: Array.from({ length: layers }, () => elman({ hiddenSize: hidden })),
    outputs: plan.columns,
    seed,
  });
  const step = stepOptions(settings, optimizer);
  model.reserve({ ...step, steps: seqLen, batch, tokenInputs: false, tokenTargets: false });
  return newMember(seed, model);
}

/** Windows of the learned rows of all series, in an order that the seed gives. */
export function trainingWindows(
  prepared: readonly PreparedSeries[],
  { seqLen, batch, stride }: Settings,
  seed: number,
): Dataset {
  const { plan } = prepared[0]!;
  const width = inputSize(plan);
  return windows(
    prepared.map((each) => trainingMatrix(each, each.split.learn)),
    {
      steps: seqLen,
      batch,
      stride,
      inputColumns: Array.from({ length: width }, (_, i) => i),
      targetColumns: Array.from({ length: plan.columns }, (_, c) => width + c),
      seed,
    },
  );
}
