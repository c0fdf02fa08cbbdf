import { writeModel } from "@unroll/io";
import { type SequenceModel, sequenceModel } from "@unroll/model";
import { elman } from "@unroll/rnn-cell";

/** The characters of the small models. */
export const SYMBOLS: readonly string[] = Array.from(" abcdefghilmnoprstuwy.");

/** A model of text as the demo makes them, not yet trained. */
export function smallTextModel(hidden: readonly number[] = [6]): SequenceModel {
  const cells = hidden.map((hiddenSize) => elman({ hiddenSize }));
  return sequenceModel({ inputs: SYMBOLS.length, cells, outputs: SYMBOLS.length, seed: 3 });
}

/** Its file, as the demo writes it. */
export function textModelFile(
  model: SequenceModel = smallTextModel(),
  symbols: unknown = SYMBOLS,
  fold = "true",
): Uint8Array {
  return writeModel(model, { metadata: { vocabulary: JSON.stringify(symbols), fold } });
}
