import { type CellMaker, type Named, readModel, type Tensor, tensorOf, writeModel } from "@unroll/io";
import { FormatError, load, OptionError, View } from "@unroll/kernels";
import type { SequenceModel } from "@unroll/model";
import type { Optimizer } from "@unroll/optim";

/** Where in the data a training run stands: the `start` of `fit`, as its last event said. */
export interface Position {
  readonly epoch: number;
  readonly from: number;
}

/** A run that can go on. */
export interface Checkpoint {
  readonly model: SequenceModel;
  readonly position: Position;
  /** What was written along with it. */
  readonly metadata: ReadonlyMap<string, string>;
}

interface TrainingRecord extends Position {
  readonly optimizer: string;
  readonly step: number;
  readonly layers: number;
}

/**
 * A model file (see `writeModel` of @unroll/io) that also holds what training needs to go on as if nothing had
 * happened: the optimizer's state, the carried hidden states and the position in the data.
 * The model reads as a model like any other.
 * @throws OptionError if the model was not trained with this optimizer
 */
export function writeCheckpoint(
  model: SequenceModel,
  optimizer: Optimizer,
  position: Position,
  metadata: Named<string> = new Map(),
): Uint8Array {
  const state = model.optimizerState;
  if (!state || model.plan.optimizer !== optimizer) {
    throw new OptionError("writeCheckpoint", "optimizer", optimizer.name, "the one that trained the model");
  }
  const tensors = new Map<string, Tensor>();
  for (const [name, vector] of Object.entries(state.vectors))
    tensors.set(`optimizer.${name}`, tensorOf(vector));
  const states = model.saveStates();
  for (let l = 0; l < states.length; l++) tensors.set(`state.${l}`, tensorOf(states[l]));
  const record: TrainingRecord = {
    epoch: position.epoch,
    from: position.from,
    optimizer: optimizer.name,
    step: state.step,
    layers: states.length,
  };
  const texts = new Map(metadata instanceof Map ? metadata : Object.entries(metadata));
  return writeModel(model, { tensors, metadata: texts.set("training", JSON.stringify(record)) });
}

/**
 * Reads what `writeCheckpoint` wrote and puts the optimizer's state in its place; the optimizer must have the options
 * it had. Then `fit(model, data, { optimizer, start: position, … })` goes on with the same bits.
 * @throws FormatError if the file is no checkpoint, OptionError if it is another optimizer's; what `readModel` throws
 */
export function readCheckpoint(
  bytes: Uint8Array,
  optimizer: Optimizer,
  cells: Readonly<Record<string, CellMaker>> = {},
): Checkpoint {
  const { model, metadata, tensors } = readModel(bytes, cells);
  const record = parseRecord(metadata.get("training"));
  if (record.optimizer !== optimizer.name) {
    throw new OptionError(
      "readCheckpoint",
      "optimizer",
      optimizer.name,
      `"${record.optimizer}", as the file has it`,
    );
  }
  const states = model.cells.map((cell, l) => viewOf(tensors, `state.${l}`, [undefined, cell.stateSize]));
  model.reserve({ ...model.plan, batch: Math.max(model.plan.batch, states[0].rows), optimizer });
  const state = model.optimizerState;
  for (const [name, vector] of Object.entries(state?.vectors ?? {})) {
    load(vector, viewOf(tensors, `optimizer.${name}`, [1, model.layout.size]));
  }
  if (state) state.step = record.step;
  model.restoreStates(states);
  const rest = new Map(metadata);
  rest.delete("training");
  return { model, position: { epoch: record.epoch, from: record.from }, metadata: rest };
}

function viewOf(
  tensors: ReadonlyMap<string, Tensor>,
  name: string,
  [rows, columns]: (number | undefined)[],
): View {
  const tensor = tensors.get(name);
  const [r, c] = tensor?.shape ?? [];
  const fits =
    tensor && tensor.shape.length === 2 && r >= 1 && (rows === undefined || r === rows) && c === columns;
  if (!fits || (tensor.dtype !== "F32" && tensor.dtype !== "F64")) {
    const got = tensor ? `${tensor.dtype} ${tensor.shape.join("×")}` : "missing";
    throw new FormatError(
      "readCheckpoint",
      `tensor "${name}" is ${got}, expected ${rows ?? "B"}×${columns}`,
      8,
    );
  }
  return new View(tensor.data, 0, r, c);
}

function parseRecord(text: string | undefined): TrainingRecord {
  let record: Partial<TrainingRecord> | undefined;
  try {
    record = JSON.parse(text ?? "");
  } catch {
    // falls through: not a record
  }
  const counts = [record?.epoch, record?.from, record?.step];
  if (
    typeof record?.optimizer !== "string" ||
    !counts.every((n) => Number.isSafeInteger(n) && (n as number) >= 0)
  ) {
    throw new FormatError("readCheckpoint", 'the metadata "training" does not describe a run', 8);
  }
  return record as TrainingRecord;
}
