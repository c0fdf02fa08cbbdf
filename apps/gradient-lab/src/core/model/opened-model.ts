import { foldText } from "@unroll/datasets";
import { SequenceModel } from "@unroll/model";
import { elmanCell, linearReadout } from "@unroll/rnn-cell";
import { ACTIVATIONS, type Network } from "../network/network.ts";
import type { CellName, Settings } from "../settings.ts";
import { PASSAGE } from "../tasks/passage.ts";
import { text } from "../tasks/text.ts";

/** A trained model of text as plain data, which a worker can be sent. */
export interface OpenedModel {
  /** Of its file. */
  readonly name: string;
  readonly layers: readonly Layer[];
  /** Whether the readout has a bias. */
  readonly bias: boolean;
  /** As `model.parameters`. */
  readonly parameters: Float64Array;
  /** Its characters, in the order of their numbers. */
  readonly symbols: readonly string[];
  /** Its text was folded to ASCII before it was learned. */
  readonly folded: boolean;
  /** The file, to be saved along. */
  readonly bytes: Uint8Array;
}

interface Layer {
  readonly hiddenSize: number;
  readonly activation: CellName;
  readonly bias: boolean;
}

/** The network of an opened model, in float64, and the text of the settings to read. h_0 = 0. */
export function openedNetwork(opened: OpenedModel, settings: Settings): Network {
  const { layers, bias, parameters, symbols } = opened;
  const sizes = [symbols.length, ...layers.map(({ hiddenSize }) => hiddenSize)];
  const cells = layers.map(({ activation, ...layer }, l) =>
    elmanCell({ ...layer, inputSize: sizes[l], activation: ACTIVATIONS[activation] }),
  );
  const readout = linearReadout({ inputSize: sizes[layers.length], outputSize: symbols.length, bias });
  const model = new SequenceModel({ type: "float64", cells, readout });
  const { data, offset } = model.parameters;
  data.set(parameters, offset);
  model.parametersChanged();
  const start = new Float64Array(layers.reduce((sum, { hiddenSize }) => sum + hiddenSize, 0));
  return { model, task: text(textFor(opened, settings), symbols), start };
}

/** The text of the settings as the model is to read it. */
function textFor({ folded }: OpenedModel, { text: given }: Settings): string {
  return folded ? foldText(given) : given;
}

/** A sentence about characters that the model does not know, if there are any. */
export function unreadNote(opened: OpenedModel, settings: Settings): readonly string[] {
  const unknown = new Set(textFor(opened, { ...settings, text: settings.text || PASSAGE }));
  for (const symbol of [...opened.symbols, " "]) unknown.delete(symbol);
  if (unknown.size === 0) return [];
  const some = Array.from(unknown).slice(0, 10).join("");
  return [`${opened.name} does not know ${some}${unknown.size > 10 ? "…" : ""}; left out.`];
}
