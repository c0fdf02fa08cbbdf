import { readModel } from "@unroll/io";
import type { SequenceModel } from "@unroll/model";
import { Vocabulary } from "@unroll/train";
import { DataError } from "../errors.ts";
import { checkFinite, inFile } from "../training/run-file.ts";

/** A model that writes text. */
export interface TextModel {
  readonly model: SequenceModel;
  readonly vocabulary: Vocabulary;
  /** The text was folded to ASCII before it was learned, so a prompt must be, too. */
  readonly folded: boolean;
}

/** What a model file says of the text. */
export function textMetadata({
  vocabulary,
  folded,
}: Pick<TextModel, "vocabulary" | "folded">): Map<string, string> {
  return new Map([
    ["vocabulary", JSON.stringify(vocabulary.symbols)],
    ["fold", String(folded)],
  ]);
}

/** @throws DataError if the bytes hold something other than a model of text */
export function textModelIn(path: string, bytes: Uint8Array): TextModel {
  return inFile(path, "text", () => {
    const { model, metadata } = readModel(bytes);
    const vocabulary = vocabularyIn(path, model, metadata);
    checkFinite(path, model);
    return { model, vocabulary, folded: foldedIn(metadata) };
  });
}

/** Whether the text was folded. */
export function foldedIn(metadata: ReadonlyMap<string, string>): boolean {
  return metadata.get("fold") === "true";
}

/** The vocabulary that a model was trained with. */
function vocabularyIn(path: string, model: SequenceModel, metadata: ReadonlyMap<string, string>): Vocabulary {
  const symbols: unknown = JSON.parse(metadata.get("vocabulary") ?? "null");
  if (!Array.isArray(symbols))
    throw new DataError(
      path,
      "is a model without a vocabulary, expected one that train text saved",
      { got: "no vocabulary", expected: "a vocabulary" },
      "Only a model that was trained on text writes text.",
    );
  const vocabulary = new Vocabulary(symbols);
  if (vocabulary.size !== model.inputs || vocabulary.size !== model.outputs)
    throw new DataError(
      path,
      `has ${vocabulary.size} symbols but a model of ${model.inputs} inputs and ${model.outputs} outputs`,
    );
  return vocabulary;
}
