import { foldText } from "@unroll/datasets";
import { readModel } from "@unroll/io";
import { load, View } from "@unroll/kernels";
import type { SequenceModel } from "@unroll/model";
import { Vocabulary } from "@unroll/train";
import { decodeText } from "../../decode-text.ts";
import { DataError } from "../../errors.ts";
import type { Baseline } from "../../text/baselines.ts";
import type { NamedText } from "../../text/read-text.ts";
import { foldedIn, type TextModel, textModelIn } from "../../text/run-file.ts";
import { PRESET, parseSettings, type Settings } from "../../text/settings.ts";
import { type TextData, textData } from "../../text/text-data.ts";
import { textJob, textMember } from "../../text/train-text.ts";
import type { Job, RunRecord, Score } from "../../training/job.ts";
import { optimizerOf } from "../../training/optimizer.ts";
import { inFile, recordIn, type UnfinishedRun, unfinishedRunIn } from "../../training/run-file.ts";
import { networkName } from "../../training/settings.ts";
import type { Recipe } from "../engine/course.ts";
import { checkSize, figuresIn, settingsOr } from "../engine/files.ts";
import type { Given } from "../engine/messages.ts";
import { sha256 } from "../engine/sha256.ts";
import type { OpenedFile, Task } from "../engine/task.ts";
import { knownBaselines } from "./known-baselines.ts";
import type { TextAbout, TextModelAbout, WriteRequest, Written } from "./messages.ts";
import { Writing } from "./writing.ts";

interface Opened extends OpenedFile<TextModelAbout> {
  readonly text: TextModel;
}

/** A text, its SHA-256, and where its pieces are. */
interface Source extends NamedText {
  readonly sha256: string;
}

/** The text task in a worker. */
export class TextTask implements Task<WriteRequest, TextAbout, TextModelAbout> {
  readonly #writing: Writing;
  #source: Source | undefined;
  #network: TextModel | undefined;

  constructor(answer: (written: Written) => void, problem: (error: unknown) => void) {
    this.#writing = new Writing(answer, problem);
  }

  async takeData(given: Given): Promise<TextAbout> {
    const { name, bytes, fold = false } = given;
    checkSize(name, bytes);
    const plain = decodeText(name, bytes);
    const text = fold ? foldText(plain) : plain;
    const source = { name, text, folded: fold, sha256: await sha256(text) };
    // The shortest windows there are: what is too short for them is too short for all.
    const { vocabulary, parts, tokens } = textData(source, { seqLen: 1, batch: 1 });
    this.#source = source;
    const sizeOf = ({ start, end }: { start: number; end: number }): number => end - start;
    return {
      name,
      characters: tokens.length,
      symbols: vocabulary.size,
      train: sizeOf(parts.train),
      validation: sizeOf(parts.validation),
      test: sizeOf(parts.test),
      preview: text.slice(0, 600),
    };
  }

  begin(wanted: object, from: "seed" | "model"): Recipe {
    const source = this.#source;
    if (!source) throw new DataError("Training", "needs a text first");
    const start = from === "model" ? this.#network : undefined;
    const settings = settingsFrom(wanted, start?.model);
    const data = textData(source, settings);
    if (start) checkSameSymbols(source.name, data, start);
    const parameters = start && copyOf(start.model.parameters);
    const record: RunRecord<Settings> = { task: "text", data: source.name, sha256: source.sha256, settings };
    return () => {
      const optimizer = optimizerOf(settings);
      const member = textMember(settings, optimizer, settings.seed, data.vocabulary.size);
      if (parameters) setParameters(member.model, parameters);
      return jobOf({ record, optimizer, members: [member] }, source, data);
    };
  }

  async open(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Opened> {
    const text = textModelIn(name, bytes);
    const { metadata } = readModel(bytes);
    const record = inFile(name, "text", () => recordIn(metadata, "text", parseSettings));
    const { updates, validation, test } = figuresIn(name, metadata);
    const about: TextModelAbout = {
      network: record ? networkName(record.settings) : "elman",
      parameters: text.model.parameters.size,
      data: record?.data ?? name,
      settings: record?.settings,
      baselines: record && knownBaselines(record.sha256),
      updates,
      validation: numberOr(validation),
      test: numberOr(test),
    };
    const source = this.#source;
    const goesOn = metadata.has("training") && record && source && record.sha256 === source.sha256;
    if (!goesOn) return { about, model: text.model, text };
    const data = textData(source, record.settings);
    const recipe: Recipe = () => jobOf(unfinishedRunIn(name, bytes, "text", parseSettings), source, data);
    return { about, model: text.model, text, recipe };
  }

  use(job: Job, score?: Score): TextModelAbout {
    const { model } = score ?? job.members.at(-1)!;
    const { record, plan, metadata } = job;
    const vocabulary = new Vocabulary(JSON.parse(metadata.get("vocabulary")!));
    this.#use({ model, vocabulary, folded: foldedIn(metadata) });
    const { baselines } = (score?.fields ?? {}) as { baselines?: readonly Baseline[] };
    const updates = model.optimizerState?.step ?? 0;
    return {
      network: plan.network,
      parameters: model.parameters.size,
      data: record.data,
      settings: record.settings as Settings,
      updates,
      baselines: baselines ?? knownBaselines(record.sha256),
      ...score?.figures,
    };
  }

  useFile(file: OpenedFile<TextModelAbout>): void {
    this.#use((file as Opened).text);
  }

  lossOf(nats: number): number {
    return nats / Math.LN2;
  }

  ask(request: WriteRequest): void {
    const network = this.#network;
    if (!network) throw new DataError("Writing", "needs a network first");
    this.#writing.begin(network, request);
  }

  fileName({ record }: Job): string {
    return `${record.data.replace(/\.[^.]*$/, "")}.safetensors`;
  }

  #use(network: TextModel): void {
    this.#network = network;
    this.#writing.goOnWith(network);
  }
}

/** A run as a job that is saved nowhere by itself. */
function jobOf(
  run: Pick<UnfinishedRun<Settings>, "record" | "optimizer" | "members">,
  { name, folded }: Source,
  data: TextData,
): Job {
  return textJob({ ...run, data, name, folded, out: "", resume: "", next: [] });
}

/** @throws DataError if they are not what a run can have */
function settingsFrom(wanted: object, model: SequenceModel | undefined): Settings {
  const sizes = model && { hidden: model.cells[0]!.outputSize, layers: model.cells.length };
  const { seeds, ...rest } = PRESET;
  return settingsOr(parseSettings({ ...rest, seed: 1, seeds, ...wanted, ...sizes }), wanted);
}

/** @throws DataError if the text has other characters than the network knows */
function checkSameSymbols(name: string, { vocabulary }: TextData, network: TextModel): void {
  const known = network.vocabulary;
  const strange = vocabulary.symbols.find((symbol) => !known.has(symbol));
  if (strange === undefined && vocabulary.size === known.size) return;
  throw new DataError(
    name,
    strange === undefined
      ? `has ${vocabulary.size} different characters, but the network knows ${known.size}`
      : `has the character ${JSON.stringify(strange)}, which the network does not know`,
    { strange },
    "Start from new weights.",
  );
}

function copyOf({ data, offset, size }: View): View {
  return new View(Float32Array.from(data.subarray(offset, offset + size)), 0, 1, size);
}

function setParameters(model: SequenceModel, parameters: View): void {
  load(model.parameters, parameters);
  model.parametersChanged();
}

function numberOr(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
