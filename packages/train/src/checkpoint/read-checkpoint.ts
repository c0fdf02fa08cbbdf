import { type CellMaker, readModel, type Tensor, type TensorOf } from "@unroll/io";
import { FormatError, load, OptionError, View } from "@unroll/kernels";
import type { RandomState } from "@unroll/linalg";
import type { SequenceModel } from "@unroll/model";
import type { Optimizer } from "@unroll/optim";
import { Best } from "../best.ts";
import { isOwn, NAMES } from "./names.ts";
import { randomOf } from "./random-tensors.ts";
import { type Position, parseRecord, RECORD } from "./record.ts";

const WHERE = "readCheckpoint";

/** A run that can go on. */
export interface Checkpoint {
  /** With its optimizer's state and carried hidden states. */
  readonly model: SequenceModel;
  readonly optimizer: Optimizer;
  readonly position: Position;
  /** For `fit` to go on from; undefined if there was no validation. */
  readonly best: Best | undefined;
  readonly random: RandomState | undefined;
  readonly history: ReadonlyMap<string, Float64Array>;
  readonly settings: unknown;
  /** What was written along with it. */
  readonly metadata: ReadonlyMap<string, string>;
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** Of the file: 2, or 1 if 0.1.0 wrote it. */
  readonly version: number;
}

/**
 * Reads what `writeCheckpoint` wrote and puts the optimizer's state in its place; the optimizer must have the options
 * it had: give one, or what makes one of the settings. Then
 * `fit(model, data, { optimizer, start: position, best, … })` goes on with the same bits.
 * @throws FormatError if the file is no checkpoint, UnsupportedError if a newer version wrote it, OptionError if it is
 * another optimizer's; what `readModel` throws
 */
export function readCheckpoint(
  bytes: Uint8Array,
  optimizer: Optimizer | ((settings: unknown) => Optimizer),
  cells: Readonly<Record<string, CellMaker>> = {},
): Checkpoint {
  const { model, metadata, tensors } = readModel(bytes, cells);
  const { version, epoch, from, settings, best: found, ...of } = parseRecord(metadata.get(RECORD));
  const dtype = model.type === "float32" ? "F32" : "F64";
  const B = tensors.get(`${NAMES.state}0`)?.shape[0] ?? 0;
  const states = model.cells.map(({ stateSize }, l) => viewOf(tensors, NAMES.state + l, dtype, B, stateSize));
  const best = found && new Best(model);
  if (best) {
    const { misses, ...where } = found;
    best.keep(viewOf(tensors, NAMES.best, dtype, 1, model.layout.size), where, misses);
  }
  const random = randomOf(tensors);
  const history = historyOf(tensors);

  const maker = typeof optimizer === "function" ? optimizer(settings) : optimizer;
  model.reserve({ ...model.plan, optimizer: maker });
  const state = model.optimizerState;
  const vectors = Object.entries(state?.vectors ?? {});
  const given = described(
    maker.name,
    vectors.map(([name]) => NAMES.vector + name),
  );
  const written = described(of.optimizer, [...tensors.keys()]);
  if (given !== written) throw new OptionError(WHERE, "optimizer", given, `"${written}", as the file has it`);
  for (const [name, vector] of vectors)
    load(vector, viewOf(tensors, NAMES.vector + name, dtype, 1, model.layout.size));
  if (state) state.step = of.step;
  model.restoreStates(states);
  const texts = new Map(metadata);
  texts.delete(RECORD);
  return {
    model,
    optimizer: maker,
    position: { epoch, from },
    best,
    random,
    history,
    settings,
    metadata: texts,
    tensors: new Map([...tensors].filter(([name]) => !isOwn(name))),
    version,
  };
}

/** An optimizer and its vectors, from its name and the names of tensors. */
function described(optimizer: string, tensors: readonly string[]): string {
  const vectors = tensors
    .filter((name) => name.startsWith(NAMES.vector))
    .map((name) => name.slice(NAMES.vector.length));
  return `${optimizer} with ${vectors.sort().join(", ") || "no vectors"}`;
}

function historyOf(tensors: ReadonlyMap<string, Tensor>): Map<string, Float64Array> {
  const history = new Map<string, Float64Array>();
  for (const [name, { dtype, shape, data }] of tensors) {
    if (!name.startsWith(NAMES.history)) continue;
    if (dtype !== "F64" || shape.length !== 1) throw mistaken(name, { dtype, shape }, "F64 numbers");
    history.set(name.slice(NAMES.history.length), data);
  }
  return history;
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
  if (tensor?.dtype !== dtype || shape.length !== 2 || shape[0] !== rows || shape[1] !== columns)
    throw mistaken(name, tensor, `${dtype} ${rows}×${columns}`);
  return new View((tensor as TensorOf<"F32" | "F64">).data, 0, rows, columns);
}

function mistaken(
  name: string,
  tensor: { readonly dtype: string; readonly shape: readonly number[] } | undefined,
  expected: string,
): FormatError {
  const got = tensor ? `${tensor.dtype} ${tensor.shape.join("×") || "number"}` : "missing";
  return new FormatError(WHERE, `tensor "${name}" is ${got}, expected ${expected}`, 8);
}
