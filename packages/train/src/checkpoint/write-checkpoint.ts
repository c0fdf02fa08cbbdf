import { type Named, type Tensor, tensorOf, writeModel } from "@unroll/io";
import { OptionError, ValueError } from "@unroll/kernels";
import type { RandomState } from "@unroll/linalg";
import type { SequenceModel } from "@unroll/model";
import type { Optimizer } from "@unroll/optim";
import type { Best } from "../best.ts";
import { isOwn, NAMES } from "./names.ts";
import { randomTensors } from "./random-tensors.ts";
import { isCount, type Position, RECORD, type TrainingRecord, VERSION } from "./record.ts";

const WHERE = "writeCheckpoint";

/** What of a run goes into its file, besides the model with its optimizer's state and carried hidden states. */
export interface CheckpointContents {
  /** The one that trained the model. */
  readonly optimizer: Optimizer;
  /** Where the next batch stands: `epoch` and `from` of the last event of `fit`. */
  readonly position: Position;
  /** What `fit` found best on its validation data. */
  readonly best?: Best | undefined;
  /** A generator that the run draws from. (The order of data sets needs none: it follows from seed and epoch.) */
  readonly random?: RandomState | undefined;
  /** Columns of numbers by name, as the losses so far. */
  readonly history?: Named<ArrayLike<number>> | undefined;
  /** What fixes the run: anything that JSON keeps. */
  readonly settings?: unknown;
  /** Texts and tensors of your own. */
  readonly metadata?: Named<string> | undefined;
  readonly tensors?: Named<Tensor> | undefined;
}

const OPTIONS: readonly string[] = [
  "optimizer",
  "position",
  "best",
  "random",
  "history",
  "settings",
  "metadata",
  "tensors",
];

/**
 * A run as one file: a model file (see `writeModel` of @unroll/io), which reads as a model like any other, that also
 * holds what training needs to go on as if nothing had happened.
 * @throws OptionError if the model was not trained with this optimizer or there is no such option, ValueError if the
 * position is none, settings are not what JSON keeps, or a name of yours is taken; what `writeModel` throws
 */
export function writeCheckpoint(model: SequenceModel, contents: CheckpointContents): Uint8Array {
  for (const [name, value] of Object.entries(contents))
    if (!OPTIONS.includes(name))
      throw new OptionError(WHERE, name, value, `no such option: ${OPTIONS.join(", ")}`);
  const { optimizer, position, best, random, history = {}, settings } = contents;
  const state = model.optimizerState;
  if (!state || model.plan.optimizer !== optimizer)
    throw new OptionError(WHERE, "optimizer", optimizer?.name, "the one that trained the model");
  const { epoch, from } = position;
  for (const [name, value] of Object.entries({ epoch, from }))
    if (!isCount(value)) throw new ValueError(WHERE, name, value, "a whole number of 0 or more");

  const tensors = new Map(entriesOf(contents.tensors ?? {}));
  for (const name of tensors.keys())
    if (isOwn(name))
      throw new ValueError(WHERE, "name of a tensor", name, "another one: it belongs to the checkpoint");
  for (const [name, vector] of Object.entries(state.vectors))
    tensors.set(NAMES.vector + name, tensorOf(vector));
  for (const [l, view] of model.saveStates().entries()) tensors.set(NAMES.state + l, tensorOf(view));
  if (best?.found) tensors.set(NAMES.best, tensorOf(best.parameters));
  if (random) for (const [name, tensor] of randomTensors(random)) tensors.set(name, tensor);
  for (const [name, numbers] of entriesOf(history)) {
    const data = Float64Array.from(numbers);
    tensors.set(NAMES.history + name, { dtype: "F64", shape: [data.length], data });
  }

  const texts = new Map(entriesOf(contents.metadata ?? {}));
  if (texts.has(RECORD)) throw new ValueError(WHERE, "key of the metadata", RECORD, "another key");
  const found = best?.found && { ...best.found, misses: best.misses };
  const { name, step } = { name: optimizer.name, step: state.step };
  const record: TrainingRecord = {
    version: VERSION,
    epoch,
    from,
    optimizer: name,
    step,
    best: found,
    settings,
  };
  texts.set(RECORD, jsonOf(record));
  return writeModel(model, { tensors, metadata: texts });
}

function jsonOf(record: TrainingRecord): string {
  try {
    return JSON.stringify(record);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new ValueError(WHERE, "settings", record.settings, `what JSON can keep: ${problem}`);
  }
}

function entriesOf<T>(named: Named<T>): [string, T][] {
  return named instanceof Map ? [...named] : Object.entries(named);
}
