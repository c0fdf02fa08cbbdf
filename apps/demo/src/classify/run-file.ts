import { readModel } from "@unroll/io";
import type { SequenceModel } from "@unroll/model";
import { Vocabulary } from "@unroll/train";
import { DataError } from "../errors.ts";
import type { RunRecord } from "../training/job.ts";
import { checkFinite, inFile, recordIn } from "../training/run-file.ts";
import type { Language } from "./labelled-data.ts";
import { UNKNOWN } from "./reading.ts";
import { parseSettings, type Settings } from "./settings.ts";

/** A model that says the label of a text. */
export interface Classifier extends Language {
  readonly model: SequenceModel;
  readonly record: RunRecord<Settings>;
}

/** What a model file says of the lines. */
export function classifyMetadata({ vocabulary, classes }: Language): Map<string, string> {
  return new Map([
    ["vocabulary", JSON.stringify(vocabulary.symbols)],
    ["classes", JSON.stringify(classes)],
  ]);
}

/** @throws DataError if the bytes hold something other than a model of labelled lines */
export function classifierIn(path: string, bytes: Uint8Array): Classifier {
  return inFile(path, "classify", () => {
    const { model, metadata } = readModel(bytes);
    const record = recordIn(metadata, "classify", parseSettings);
    const language = languageIn(metadata);
    if (!record || !language)
      throw new DataError(
        path,
        "is a model of something else, expected one that train classify saved",
        { expected: "a model of labelled lines" },
        "Only a model that was trained on labelled lines classifies.",
      );
    const { vocabulary, classes } = language;
    if (vocabulary.size !== model.inputs || classes.length !== model.outputs)
      throw new DataError(
        path,
        `has ${vocabulary.size} symbols and ${classes.length} labels but a model of ${model.inputs} inputs and ` +
          `${model.outputs} outputs`,
      );
    checkFinite(path, model);
    return { model, record, vocabulary, classes };
  });
}

function languageIn(metadata: ReadonlyMap<string, string>): Language | undefined {
  const symbols: unknown = JSON.parse(metadata.get("vocabulary") ?? "null");
  const classes: unknown = JSON.parse(metadata.get("classes") ?? "null");
  if (!Array.isArray(symbols) || !isStrings(classes)) return undefined;
  return { vocabulary: new Vocabulary(symbols, { unknown: UNKNOWN }), classes };
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}
