import { type ElementType, OptionError, ValueError } from "@unroll/kernels";
import type { SequenceModel } from "@unroll/model";
import { checkText } from "../check-text.ts";
import { layersOf, readoutOf } from "../elman-stack.ts";
import { type ActivationText, activationText } from "./activations.ts";
import { base64Lines } from "./base64.ts";
import { FUNCTIONS } from "./functions.ts";
import { arrayName, moduleText, typesText } from "./texts.ts";

const WHERE = "writeStandalone";

export interface StandaloneOptions {
  /** The symbols that the tokens stand for: a model of text. The module then has `vocabulary`, `encode` and `decode`. */
  readonly vocabulary?: readonly string[] | undefined;
}

/** A module and its types, as texts. */
export interface StandaloneModule {
  /** An ES module, for a file `name.mjs`. */
  readonly code: string;
  /** Its declarations, for `name.d.mts` beside it. */
  readonly types: string;
}

/**
 * A model as one readable ES module that needs nothing: `step(state, input)`, `run(sequence)`, its weights inside. It gives
 * the bits that the model gives (with the kernels "reproducible"), on every engine.
 *
 *     z = b_h + W_xh x_t + W_hh h_{t−1}, each sum from left to right in the model's type; h_t = σ(z); y_t = σ_y(b_y + W_hy h_t)
 *
 * @throws ValueError for cells that are no Elman cells, activations other than those of @unroll/activations, and a
 * vocabulary that is not as large as the inputs or has a symbol twice; OptionError
 */
export function writeStandalone(model: SequenceModel, options: StandaloneOptions = {}): StandaloneModule {
  for (const [name, given] of Object.entries(options))
    if (name !== "vocabulary") throw new OptionError(WHERE, name, given, "no such option: vocabulary");
  const { vocabulary } = options;
  if (vocabulary) checkVocabulary(vocabulary, model.inputs);
  const { type } = model;
  const layers = layersOf(WHERE, model);
  const names = [...layers.map(({ activation }) => activation), model.readout.activation.name];
  const activations = new Map<string, ActivationText>();
  for (const [l, name] of names.entries()) activations.set(name, activationOf(name, type, l, layers.length));

  const functions = closure(
    [...activations.values()].flatMap(({ needs }) => needs),
    type,
  );
  const { W_hy, b_y } = readoutOf(model);
  const weights = [...layers.flatMap(({ W_xh, W_hh, b_h }) => [W_xh, W_hh, b_h]), W_hy, b_y];
  const numbers = weights.flatMap((view) =>
    view ? [...view.data.subarray(view.offset, view.offset + view.size)] : [],
  );
  const description = {
    type,
    vocabulary,
    inputs: model.inputs,
    sizes: layers.map(({ W_hh }) => W_hh.rows),
    biased: layers.map(({ b_h }) => b_h !== undefined),
    outputs: model.outputs,
    readoutBiased: b_y !== undefined,
    names,
    activations,
    functions: functions.map((name) => FUNCTIONS[name].text),
    weights: base64Lines(littleEndian(numbers, type)),
  };
  return { code: moduleText(description), types: typesText(arrayName(type), vocabulary !== undefined) };
}

function activationOf(name: string, type: ElementType, l: number, layers: number): ActivationText {
  const text = activationText(name, type);
  if (text) return text;
  const where = l === layers ? "activation of the readout" : `activation of cell ${l}`;
  throw new ValueError(WHERE, where, name, "one of @unroll/activations");
}

/** The functions with those they need, each behind those. */
function closure(names: readonly string[], type: ElementType): string[] {
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    for (const need of FUNCTIONS[name].needs.split(" ")) if (need) visit(need);
    found.add(name);
  };
  if (type === "float32") visit("f");
  for (const name of names) visit(name);
  return [...found];
}

function littleEndian(numbers: readonly number[], type: ElementType): Uint8Array {
  const single = type === "float32";
  const view = new DataView(new ArrayBuffer(numbers.length * (single ? 4 : 8)));
  for (const [i, number] of numbers.entries())
    if (single) view.setFloat32(4 * i, number, true);
    else view.setFloat64(8 * i, number, true);
  return new Uint8Array(view.buffer);
}

function checkVocabulary(vocabulary: readonly string[], inputs: number): void {
  if (!Array.isArray(vocabulary) || vocabulary.length !== inputs)
    throw new ValueError(WHERE, "size of the vocabulary", vocabulary.length, `${inputs}, the inputs`);
  const seen = new Set<string>();
  for (const [i, symbol] of vocabulary.entries()) {
    checkText(WHERE, `symbol ${i} of the vocabulary`, symbol);
    if (seen.has(symbol)) throw new ValueError(WHERE, `symbol ${i} of the vocabulary`, symbol, "a new one");
    seen.add(symbol);
  }
}
