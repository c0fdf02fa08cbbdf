import { activationNamed } from "@unroll/activations";
import { type ElementType, FormatError, load, UnrollError, ValueError, View } from "@unroll/kernels";
import { slice } from "@unroll/linalg";
import { type ModelParts, modelLayout, SequenceModel } from "@unroll/model";
import { type Cell, type CellOfInput, elman, linearReadout } from "@unroll/rnn-cell";
import { UnsupportedError } from "./errors.ts";
import { entriesOf, type Named } from "./named.ts";
import { readSafetensors } from "./safetensors/read-safetensors.ts";
import { writeSafetensors } from "./safetensors/write-safetensors.ts";
import type { Tensor } from "./tensor.ts";

const FORMAT = "unroll-model";
const VERSION = "1";
const KEYS: readonly string[] = ["format", "version", "model"];
const NO_MODEL = 'the metadata "model" does not describe a model';

/** What makes a cell of a kind again from its `config`. */
export type CellMaker = (config: Readonly<Record<string, unknown>>) => CellOfInput;

export interface ModelFile {
  readonly model: SequenceModel;
  /** What was written along with the model. */
  readonly metadata: ReadonlyMap<string, string>;
  readonly tensors: ReadonlyMap<string, Tensor>;
}

interface ModelConfig {
  readonly type: ElementType;
  readonly inputs: number;
  readonly cells: readonly { readonly kind: string; readonly config: Readonly<Record<string, unknown>> }[];
  readonly outputs: number;
  readonly readout: { readonly activation: string; readonly bias: boolean };
}

/**
 * A model as one safetensors file: a tensor for each parameter under its name in `model.layout`, and in the metadata
 * `format`, `version` and `model`, the JSON of what makes the model again. `metadata` and `tensors` of your own go
 * along. Parameters are named after a layer or the readout, so `optimizer.m` cannot meet one.
 * @throws ValueError for names that are taken or cannot be written, and for what could not be read again: a cell whose
 * `config` is missing or no plain data, a readout whose activation `activationNamed` does not know
 */
export function writeModel(
  model: SequenceModel,
  extra: { readonly metadata?: Named<string>; readonly tensors?: Named<Tensor> } = {},
): Uint8Array {
  const tensors = new Map(entriesOf(extra.tensors ?? new Map()));
  const metadata = new Map(entriesOf(extra.metadata ?? new Map()));
  for (const [name, { rows, columns }] of Object.entries(model.layout.slices)) {
    checkFree("name of a tensor", name, tensors);
    tensors.set(name, tensorOf(slice(model.parameters, model.layout, name), [rows, columns]));
  }
  for (const key of KEYS) checkFree("key of the metadata", key, metadata);
  metadata
    .set("format", FORMAT)
    .set("version", VERSION)
    .set("model", JSON.stringify(configOf(model)));
  return writeSafetensors(tensors, metadata);
}

/**
 * Reads what `writeModel` wrote. Cells other than "elman" need their maker in `cells`.
 * @throws FormatError if the bytes break the rules or are a file of another kind; UnsupportedError for a newer version
 * or a cell without a maker
 */
export function readModel(bytes: Uint8Array, cells: Readonly<Record<string, CellMaker>> = {}): ModelFile {
  const file = readSafetensors(bytes);
  const format = file.metadata.get("format");
  if (format !== FORMAT) {
    throw new FormatError("readModel", `the file's format is ${quoted(format)}, expected "${FORMAT}"`, 8);
  }
  const version = file.metadata.get("version");
  if (version !== VERSION)
    throw new UnsupportedError("readModel", `version ${quoted(version)} of the format`, 8);
  const parts = describedParts(file.metadata.get("model"), { elman: elmanOf, ...cells });
  const parameters = parametersOf(parts, file.tensors); // checked before any memory is made
  const model = new SequenceModel(parts);
  const rest = new Map(file.tensors);
  for (const [name, view] of parameters) {
    load(slice(model.parameters, model.layout, name), view);
    rest.delete(name);
  }
  model.parametersChanged();
  const metadata = new Map([...file.metadata].filter(([key]) => !KEYS.includes(key)));
  return { model, metadata, tensors: rest };
}

/** A view's numbers as a tensor of its own memory. */
export function tensorOf(view: View, shape: readonly number[] = [view.rows, view.columns]): Tensor {
  const single = view.data instanceof Float32Array;
  const data = single ? new Float32Array(view.size) : new Float64Array(view.size);
  load(new View(data, 0, view.rows, view.columns), view);
  return { dtype: single ? "F32" : "F64", shape, data } as Tensor;
}

function checkFree(what: string, name: string, taken: ReadonlyMap<string, unknown>): void {
  if (taken.has(name)) throw new ValueError("writeModel", what, name, "another one: it belongs to the model");
}

function configOf(model: SequenceModel): ModelConfig {
  const cells = model.cells.map(({ kind, config }, l) => {
    const name = `of cell ${l}, ${quoted(kind)}`;
    if (!config) throw new ValueError("writeModel", `config ${name}`, config, "what makes the cell again");
    for (const [key, value] of Object.entries(config)) {
      if (typeof value === "string" || typeof value === "boolean" || Number.isFinite(value)) continue;
      throw new ValueError(
        "writeModel",
        `config.${key} ${name}`,
        value,
        "a string, a boolean or a finite number",
      );
    }
    return { kind, config };
  });
  const { activation, parameters } = model.readout;
  checkKnown(activation.name);
  return {
    type: model.type,
    inputs: model.inputs,
    cells,
    outputs: model.outputs,
    readout: { activation: activation.name, bias: "b_y" in parameters.slices },
  };
}

function checkKnown(activation: string): void {
  try {
    activationNamed(activation);
  } catch {
    const name = "activation of the readout";
    throw new ValueError(
      "writeModel",
      name,
      activation,
      "one that activationNamed knows, or no reader could",
    );
  }
}

/** The tensors that are the model's parameters. */
function parametersOf(
  { type, cells, readout }: ModelParts,
  tensors: ReadonlyMap<string, Tensor>,
): Map<string, View> {
  const dtype = type === "float32" ? "F32" : "F64";
  const views = new Map<string, View>();
  for (const [name, { rows, columns }] of Object.entries(modelLayout(cells, readout).slices)) {
    const tensor = tensors.get(name);
    const { shape = [] } = tensor ?? {};
    if (tensor?.dtype !== dtype || shape.length !== 2 || shape[0] !== rows || shape[1] !== columns) {
      const got = tensor ? `${tensor.dtype} ${shape.join("×") || "number"}` : "missing";
      throw new FormatError(
        "readModel",
        `tensor ${quoted(name)} is ${got}, expected ${dtype} ${rows}×${columns}`,
        8,
      );
    }
    views.set(name, new View(tensor.data as Float32Array | Float64Array, 0, rows, columns));
  }
  return views;
}

/** The parts that a file describes. What the parts refuse is the file's fault, not that of an option. */
function describedParts(text: string | undefined, makers: Readonly<Record<string, CellMaker>>): ModelParts {
  const config = parseConfig(text);
  try {
    return partsOf(config, makers);
  } catch (error) {
    if (!UnrollError.is(error) || error instanceof UnsupportedError) throw error;
    throw new FormatError("readModel", `${NO_MODEL}: ${error.message}`, 8);
  }
}

function partsOf(config: ModelConfig, makers: Readonly<Record<string, CellMaker>>): ModelParts {
  const cells: Cell[] = [];
  let inputSize = config.inputs;
  for (const { kind, config: ofCell } of config.cells) {
    if (!Object.hasOwn(makers, kind))
      throw new UnsupportedError("readModel", `cells of kind ${quoted(kind)}`, 8);
    const cell = makers[kind](ofCell)(inputSize);
    cells.push(cell);
    inputSize = cell.outputSize;
  }
  const activation = activationNamed(config.readout.activation);
  const readout = linearReadout({
    inputSize,
    outputSize: config.outputs,
    activation,
    bias: config.readout.bias,
  });
  return { type: config.type, cells, readout };
}

const elmanOf: CellMaker = ({ hiddenSize, activation, bias }) => {
  if (typeof activation !== "string" || typeof bias !== "boolean")
    throw new ValueError("elman", "config", { activation, bias }, "the name of an activation, true or false");
  return elman({ hiddenSize: hiddenSize as number, activation: activationNamed(activation), bias });
};

function parseConfig(text: string | undefined): ModelConfig {
  let config: Partial<ModelConfig> | undefined;
  try {
    config = JSON.parse(text ?? "");
  } catch {
    // falls through: not a configuration
  }
  const whole =
    (config?.type === "float32" || config?.type === "float64") &&
    Array.isArray(config.cells) &&
    config.cells.length > 0 &&
    config.cells.every((cell) => typeof cell?.kind === "string" && isObject(cell.config)) &&
    typeof config.readout?.activation === "string" &&
    typeof config.readout.bias === "boolean";
  if (!whole) throw new FormatError("readModel", NO_MODEL, 8);
  return config as ModelConfig;
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

function quoted(text: string | undefined): string {
  return text === undefined ? "missing" : JSON.stringify(text);
}
