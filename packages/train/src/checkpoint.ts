import { type CellMaker, type Named, readModel, type Tensor, tensorOf, writeModel } from "@unroll/io";
import { FormatError, load, OptionError, ValueError, View } from "@unroll/kernels";
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
}

const RECORD = "training";
const VECTOR = "optimizer.";
const STATE = "state.";

/**
 * A model file (see `writeModel` of @unroll/io) that also holds what training needs to go on as if nothing had
 * happened: the optimizer's state, the carried hidden states and the position in the data.
 * The model reads as a model like any other. What `fit` knows of its best validation is not part of it.
 * @throws OptionError if the model was not trained with this optimizer, ValueError if the position is none or the
 * metadata has the key "training"; what `writeModel` throws
 */
export function writeCheckpoint(
  model: SequenceModel,
  optimizer: Optimizer,
  position: Position,
  metadata: Named<string> = new Map(),
): Uint8Array {
  const state = model.optimizerState;
  if (!state || model.plan.optimizer !== optimizer)
    throw new OptionError("writeCheckpoint", "optimizer", optimizer.name, "the one that trained the model");
  const { epoch, from } = position;
  for (const [name, value] of Object.entries({ epoch, from }))
    if (!isCount(value)) throw new ValueError("writeCheckpoint", name, value, "a whole number of 0 or more");
  const texts = new Map(metadata instanceof Map ? metadata : Object.entries(metadata));
  if (texts.has(RECORD))
    throw new ValueError("writeCheckpoint", "key of the metadata", RECORD, "another key");
  const record: TrainingRecord = { epoch, from, optimizer: optimizer.name, step: state.step };

  const tensors = new Map<string, Tensor>();
  for (const [name, vector] of Object.entries(state.vectors)) tensors.set(VECTOR + name, tensorOf(vector));
  for (const [l, view] of model.saveStates().entries()) tensors.set(STATE + l, tensorOf(view));
  return writeModel(model, { tensors, metadata: texts.set(RECORD, JSON.stringify(record)) });
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
  const record = parseRecord(metadata.get(RECORD));
  const dtype = model.type === "float32" ? "F32" : "F64";
  const B = tensors.get(`${STATE}0`)?.shape[0] ?? 0;
  const states = model.cells.map(({ stateSize }, l) => viewOf(tensors, STATE + l, dtype, B, stateSize));

  model.reserve({ ...model.plan, optimizer });
  const state = model.optimizerState;
  const vectors = Object.entries(state?.vectors ?? {});
  const given = described(
    optimizer.name,
    vectors.map(([name]) => VECTOR + name),
  );
  const written = described(record.optimizer, [...tensors.keys()]);
  if (given !== written)
    throw new OptionError("readCheckpoint", "optimizer", given, `"${written}", as the file has it`);
  for (const [name, vector] of vectors)
    load(vector, viewOf(tensors, VECTOR + name, dtype, 1, model.layout.size));
  if (state) state.step = record.step;
  model.restoreStates(states);
  const rest = new Map(metadata);
  rest.delete(RECORD);
  return { model, position: { epoch: record.epoch, from: record.from }, metadata: rest };
}

/** An optimizer and its vectors, from its name and the names of tensors. */
function described(optimizer: string, tensors: readonly string[]): string {
  const vectors = tensors.filter((name) => name.startsWith(VECTOR)).map((name) => name.slice(VECTOR.length));
  return `${optimizer} with ${vectors.sort().join(", ") || "no vectors"}`;
}

function viewOf(
  tensors: ReadonlyMap<string, Tensor>,
  name: string,
  dtype: "F32" | "F64",
  rows: number,
  columns: number,
): View {
  const tensor = tensors.get(name);
  const { shape = [] } = tensor ?? {};
  if (tensor?.dtype !== dtype || shape.length !== 2 || shape[0] !== rows || shape[1] !== columns) {
    const got = tensor ? `${tensor.dtype} ${shape.join("×") || "number"}` : "missing";
    const problem = `tensor "${name}" is ${got}, expected ${dtype} ${rows}×${columns}`;
    throw new FormatError("readCheckpoint", problem, 8);
  }
  return new View(tensor.data as Float32Array | Float64Array, 0, rows, columns);
}

function parseRecord(text: string | undefined): TrainingRecord {
  let record: Partial<TrainingRecord> | null = null;
  try {
    record = JSON.parse(text ?? "null");
  } catch {
    // falls through: not a record
  }
  const { optimizer, epoch, from, step } = record ?? {};
  if (typeof optimizer !== "string" || !isCount(epoch) || !isCount(from) || !isCount(step))
    throw new FormatError("readCheckpoint", 'the metadata "training" does not describe a run', 8);
  return { optimizer, epoch, from, step };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
