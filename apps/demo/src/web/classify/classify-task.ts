import { readModel } from "@unroll/io";
import { answerOf } from "../../classify/answer.ts";
import { BUILT_IN } from "../../classify/built-in.ts";
import { type LabelledData, labelledData } from "../../classify/labelled-data.ts";
import { builtInLines, type NamedLines, parseLabelled } from "../../classify/labelled-lines.ts";
import { nameOf } from "../../classify/name.ts";
import { classifyMember } from "../../classify/network.ts";
import { type Classifier, classifierIn } from "../../classify/run-file.ts";
import { PRESET, parseSettings, type Settings } from "../../classify/settings.ts";
import { classifyJob } from "../../classify/train-classify.ts";
import { decodeText } from "../../decode-text.ts";
import { DataError } from "../../errors.ts";
import type { Job, RunRecord, Score } from "../../training/job.ts";
import { newMember } from "../../training/member.ts";
import { optimizerOf } from "../../training/optimizer.ts";
import { type UnfinishedRun, unfinishedRunIn } from "../../training/run-file.ts";
import type { Recipe } from "../engine/course.ts";
import { checkSize, figuresIn, settingsOr } from "../engine/files.ts";
import type { Given } from "../engine/messages.ts";
import { sha256 } from "../engine/sha256.ts";
import type { OpenedFile, Task } from "../engine/task.ts";
import type {
  ClassifyAbout,
  ClassifyAnswer,
  ClassifyModelAbout,
  ClassifyRequest,
  ClassifyResult,
} from "./messages.ts";

interface Source extends NamedLines {
  readonly sha256: string;
}

interface Opened extends OpenedFile<ClassifyModelAbout> {
  readonly classifier: Classifier;
}

/** The classify task in a worker. */
export class ClassifyTask implements Task<ClassifyRequest, ClassifyAbout, ClassifyModelAbout> {
  readonly #answer: (answer: ClassifyAnswer) => void;
  #source: Source | undefined;
  #classifier: Classifier | undefined;
  /** What was asked last: asked again of another network. */
  #asked: ClassifyRequest | undefined;

  constructor(answer: (answer: ClassifyAnswer) => void) {
    this.#answer = answer;
  }

  async takeData({ name, bytes }: Given): Promise<ClassifyAbout> {
    checkSize(name, bytes);
    const text = decodeText(name, bytes);
    const builtIn = name === BUILT_IN;
    const lines = builtIn ? builtInLines(text) : parseLabelled(name, text);
    const source = {
      ...{ name: name.replace(/\.[^.]*$/, ""), where: name, noun: builtIn ? "name" : "line", lines, bytes },
      sha256: await sha256(bytes),
    };
    const data = labelledData(source, { ...PRESET, withValidation: false });
    this.#source = source;
    const counts = new Map<string, number>();
    for (const { label } of lines) counts.set(label, (counts.get(label) ?? 0) + 1);
    return {
      name,
      noun: source.noun,
      classes: data.classes.map((label) => ({ label, count: counts.get(label)! })),
      lines: lines.length,
      train: data.train.length,
      validation: data.validation.length,
      test: data.test.length,
      symbols: data.vocabulary.size,
      examples: data.classes.slice(0, 12).map((label, i) => {
        const some = data.test.filter((one) => one.label === i);
        return { label, text: (some[some.length >> 1] ?? data.train.find((one) => one.label === i)!).text };
      }),
    };
  }

  begin(wanted: object): Recipe {
    const source = this.#source;
    if (!source) throw new DataError("Training", "needs labelled lines first");
    const { hidden, layers, summary, seqLen, batch, lr, clip, seeds, ...rest } = PRESET;
    const usual = { hidden, layers, summary, seqLen, batch, lr, clip, seed: 1, seeds, ...rest };
    const settings = settingsOr(
      parseSettings({ ...usual, withValidation: false, updates: 1000, ...wanted }),
      wanted,
    );
    const record: RunRecord<Settings> = {
      task: "classify",
      data: source.where,
      sha256: source.sha256,
      settings,
    };
    const data = labelledData(source, settings);
    return () => {
      const optimizer = optimizerOf(settings);
      const members = [classifyMember(settings, optimizer, settings.seed, data)];
      return jobOf({ record, optimizer, members }, source, data);
    };
  }

  async open(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Opened> {
    const classifier = classifierIn(name, bytes);
    const { model, record } = classifier;
    const { metadata } = readModel(bytes);
    const { updates } = figuresIn(name, metadata);
    const about = this.#aboutOf(classifier, updates);
    const source = this.#source;
    if (!metadata.has("training") || source?.sha256 !== record.sha256) return { about, model, classifier };
    const data = labelledData(source, record.settings);
    const recipe: Recipe = () => jobOf(unfinishedRunIn(name, bytes, "classify", parseSettings), source, data);
    return { about, model, classifier, recipe };
  }

  use(job: Job, score?: Score): ClassifyModelAbout {
    const { model } = score ?? job.members.at(-1)!;
    const record = job.record as RunRecord<Settings>;
    const { vocabulary, classes } = labelledData(this.#source!, record.settings);
    this.#use({ model, record, vocabulary, classes });
    if (score) this.#answer({ result: resultOf(score) });
    return this.#aboutOf(this.#classifier!, job.members.at(-1)!.model.optimizerState?.step ?? 0);
  }

  /** A network of a file is scored, too, where its data is there. */
  useFile(file: OpenedFile<ClassifyModelAbout>): void {
    const { classifier } = file as Opened;
    this.#use(classifier);
    const source = this.#source;
    if (source?.sha256 !== classifier.record.sha256) return;
    const { record, model } = classifier;
    const data = labelledData(source, record.settings);
    const members = [newMember(record.settings.seed, model)];
    const job = jobOf({ record, optimizer: optimizerOf(record.settings), members }, source, data);
    job.score(members, new AbortController().signal).then((score) => {
      if (score && this.#classifier === classifier) this.#answer({ result: resultOf(score) });
    });
  }

  lossOf(nats: number): number {
    return nats;
  }

  ask(request: ClassifyRequest): void {
    this.#asked = request;
    if (this.#classifier)
      this.#answer({ labelled: answerOf(this.#classifier, request.text, request.text !== "") });
  }

  fileName({ record }: Job): string {
    return `${record.data.replace(/\.[^.]*$/, "")}.safetensors`;
  }

  #use(classifier: Classifier): void {
    this.#classifier = classifier;
    if (this.#asked) this.ask(this.#asked);
  }

  #aboutOf({ model, record, classes }: Classifier, updates: number): ClassifyModelAbout {
    const network = nameOf(record.settings);
    return { network, parameters: model.parameters.size, data: record.data, updates, classes };
  }
}

function jobOf(
  run: Pick<UnfinishedRun<Settings>, "record" | "optimizer" | "members">,
  lines: Source,
  data: LabelledData,
): Job {
  return classifyJob({ ...run, data, lines, out: "", resume: "", next: [] });
}

function resultOf({ fields }: Score): ClassifyResult {
  const { classes, baselines, network, confusion } = fields as unknown as ClassifyResult;
  return { classes, baselines, network, confusion };
}
