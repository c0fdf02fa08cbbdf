import { readFile } from "node:fs/promises";
import { readModel, readSafetensors, tensorOf, writeModel, writeSafetensors } from "@unroll/io";
import { UnrollError, View } from "@unroll/kernels";
import { locate } from "@unroll/linalg";
import type { SequenceModel } from "@unroll/model";
import type { Optimizer } from "@unroll/optim";
import { type Position, readCheckpoint, Vocabulary, writeCheckpoint } from "@unroll/train";
import { DataError, fileProblem } from "../errors.ts";
import { Best } from "./best.ts";
import { optimizerOf } from "./network.ts";
import { parseSettings, type Settings } from "./settings.ts";

/** What a file of a run says besides the numbers. */
export interface RunRecord {
  readonly vocabulary: Vocabulary;
  /** The text was folded to ASCII before it was learned, so a prompt must be, too. */
  readonly folded: boolean;
  /** The text: what --data said, and its SHA-256. */
  readonly data: string;
  readonly sha256: string;
  readonly settings: Settings;
}

/** A model that writes text. */
export interface TextModel {
  readonly model: SequenceModel;
  readonly vocabulary: Vocabulary;
  readonly folded: boolean;
}

/** A run that was interrupted. */
export interface UnfinishedRun extends RunRecord {
  readonly model: SequenceModel;
  readonly optimizer: Optimizer;
  readonly position: Position;
  readonly best: Best;
}

/** The figures that a finished run leaves in its file. */
export interface RunFigures {
  readonly updates: number;
  /** Bits per character. */
  readonly validation: number;
  readonly test: number;
}

const BEST = "best.parameters";

/** A finished run as a model file. */
export function modelBytes(model: SequenceModel, record: RunRecord, figures: RunFigures): Uint8Array {
  return writeModel(model, { metadata: metadataOf(record).set("figures", JSON.stringify(figures)) });
}

/** An interrupted run as a model file that also holds all it needs to go on with the same bits. */
export function checkpointBytes(run: UnfinishedRun): Uint8Array {
  const { model, optimizer, position, best } = run;
  const { step, bitsPerCharacter } = best;
  const metadata = metadataOf(run).set("best", JSON.stringify(step > 0 ? { step, bitsPerCharacter } : {}));
  const file = readSafetensors(writeCheckpoint(model, optimizer, position, metadata));
  if (step > 0) file.tensors.set(BEST, tensorOf(best.parameters));
  return writeSafetensors(file.tensors, file.metadata);
}

function metadataOf({ vocabulary, folded, data, sha256, settings }: RunRecord): Map<string, string> {
  return new Map([
    ["vocabulary", JSON.stringify(vocabulary.symbols)],
    ["fold", String(folded)],
    ["run", JSON.stringify({ data, sha256, settings })],
  ]);
}

/** @throws DataError if it cannot be read or holds something other than a model of text */
export async function readTextModel(path: string): Promise<TextModel> {
  const bytes = await read(path);
  return inFile(path, () => {
    const { model, metadata } = readModel(bytes);
    return { model, ...textOf(path, model, metadata) };
  });
}

/** @throws DataError if it cannot be read or holds something other than an interrupted run */
export async function readRun(path: string): Promise<UnfinishedRun> {
  const bytes = await read(path);
  return inFile(path, () => {
    const { metadata, tensors } = readSafetensors(bytes);
    const record = recordOf(path, bytes, metadata);
    const optimizer = optimizerOf(record.settings);
    const { model, position } = readCheckpoint(bytes, optimizer);
    checkFits(path, model, record.settings);
    const best = new Best(model);
    const found = JSON.parse(metadata.get("best") ?? "null") as Partial<Best> | null;
    const parameters = tensors.get(BEST);
    if (found?.step && found.bitsPerCharacter && parameters?.data.length === model.parameters.size) {
      const data = Float32Array.from(parameters.data as Float32Array);
      best.keep(new View(data, 0, 1, data.length), found.step, found.bitsPerCharacter);
    }
    return { ...textOf(path, model, metadata), ...record, model, optimizer, position, best };
  });
}

function recordOf(
  path: string,
  bytes: Uint8Array,
  metadata: ReadonlyMap<string, string>,
): Pick<RunRecord, "data" | "sha256" | "settings"> {
  const record = JSON.parse(metadata.get("run") ?? "null") as Partial<RunRecord> | null;
  const settings = parseSettings(record?.settings);
  if (!settings || typeof record?.data !== "string" || typeof record.sha256 !== "string") {
    readModel(bytes); // says what is wrong with a file of quite another kind
    throw new DataError(path, "holds no run of train text", { expected: "an interrupted run" });
  }
  if (!metadata.has("training")) {
    throw new DataError(
      path,
      `the run is finished after ${settings.updates} updates, nothing is left to do`,
      { expected: "an interrupted run" },
      "Start another one with more --updates.",
    );
  }
  return { data: record.data, sha256: record.sha256, settings };
}

/** The vocabulary that a model was trained with. */
function textOf(
  path: string,
  model: SequenceModel,
  metadata: ReadonlyMap<string, string>,
): Pick<TextModel, "vocabulary" | "folded"> {
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
  const bad = model.kernels.firstNonFinite(model.parameters);
  if (bad >= 0) {
    const { name, row, column } = locate(model.layout, bad);
    throw new DataError(path, `${name}[${row}, ${column}] is not a finite number`, { name, row, column });
  }
  return { vocabulary, folded: metadata.get("fold") === "true" };
}

function checkFits(path: string, model: SequenceModel, { hidden, layers, batch, updates }: Settings): void {
  const sizes = model.cells.map(({ outputSize }) => outputSize);
  const rows = model.saveStates().map((state) => state.rows);
  const step = model.optimizerState?.step ?? 0;
  const fits = sizes.length === layers && sizes.every((size) => size === hidden);
  if (!fits || rows.some((row) => row !== batch) || step > updates)
    throw new DataError(path, "the settings of the run do not fit its numbers", { sizes, rows, step });
}

async function read(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new DataError(path, `cannot be read: ${fileProblem(error)}`, { expected: "a model file" });
  }
}

/** What goes wrong while a file is read is the file's fault, and says its name. */
function inFile<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (UnrollError.is(error) && error.code !== "memory")
      throw new DataError(path, error.message, error.details, "Expected a file that train text saved.");
    if (error instanceof SyntaxError) throw new DataError(path, `its metadata is no JSON: ${error.message}`);
    throw error;
  }
}
