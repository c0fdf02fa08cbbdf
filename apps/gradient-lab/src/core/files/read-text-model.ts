import { readModel, UnsupportedError } from "@unroll/io";
import { FormatError, ValueError } from "@unroll/kernels";
import { Vocabulary } from "@unroll/train";
import type { OpenedModel } from "../model/opened-model.ts";
import type { CellName } from "../settings.ts";

/** Units of all layers together: more than that takes minutes to measure. */
const MOST_UNITS = 512;
const CELLS: Readonly<Record<string, CellName>> = {
  identity: "linear",
  tanh: "tanh",
  relu: "relu",
  sigmoid: "sigmoid",
};

/**
 * A model of text out of a model or run file of the demo.
 * @throws FormatError if the bytes are no such file, UnsupportedError for a model that the lab can't show, ValueError for a
 * weight that is not a finite number
 */
export function readTextModel(name: string, bytes: Uint8Array): OpenedModel {
  const { model, metadata } = readModel(bytes);
  const { cells, readout, parameters } = model;
  const symbols = symbolsIn(metadata.get("vocabulary"));
  if (!symbols) throw unsupported("a model without a vocabulary: only models of text can be opened");
  if (symbols.length !== model.inputs || symbols.length !== model.outputs)
    throw unsupported(
      `a model of ${model.inputs} inputs and ${model.outputs} outputs with ${symbols.length} characters: only models that say the next character of a text can be opened`,
    );
  const layers = cells.map((cell) => {
    const { activation, hiddenSize, bias } = cell.config ?? {};
    const known = CELLS[String(activation)];
    if (cell.kind !== "elman" || !known) throw unsupported(`a cell ${cell.kind} of ${activation}`);
    return { hiddenSize: Number(hiddenSize), activation: known, bias: bias === true };
  });
  const units = layers.reduce((sum, { hiddenSize }) => sum + hiddenSize, 0);
  if (units > MOST_UNITS) throw unsupported(`${units} units: the lab measures ${MOST_UNITS} at most`);
  if (readout.activation.name !== "identity") throw unsupported(`a readout with ${readout.activation.name}`);
  const { data, offset, size } = parameters;
  const numbers = Float64Array.from(data.subarray(offset, offset + size));
  const broken = numbers.findIndex((value) => !Number.isFinite(value));
  if (broken >= 0)
    throw new ValueError("readTextModel", `parameter ${broken}`, numbers[broken], "a finite number");
  return {
    name,
    layers,
    bias: "readout.b_y" in model.layout.slices,
    parameters: numbers,
    symbols,
    folded: metadata.get("fold") === "true",
    bytes,
  };
}

/** The characters of the metadata; undefined if there are none. */
function symbolsIn(text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined;
  try {
    return new Vocabulary(JSON.parse(text)).symbols;
  } catch {
    throw new FormatError("readTextModel", "its vocabulary is no list of characters", 8);
  }
}

const unsupported = (what: string): UnsupportedError => new UnsupportedError("readTextModel", what, 8);
