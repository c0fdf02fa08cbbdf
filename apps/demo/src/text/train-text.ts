import type { Optimizer } from "@unroll/optim";
import { bitsText, countText } from "../terminal/words.ts";
import type { Job, Score, TaskRun } from "../training/job.ts";
import { type Member, newMember } from "../training/member.ts";
import { networkName } from "../training/settings.ts";
import { baselinesOf } from "./baselines.ts";
import { bitsPerCharacter } from "./bits-per-character.ts";
import { network, stepOptions } from "./network.ts";
import { resultText } from "./result-text.ts";
import { textMetadata } from "./run-file.ts";
import { MEASURES, type Settings } from "./settings.ts";
import type { Part, TextData } from "./text-data.ts";
import { writeSample } from "./write-sample.ts";

/** A run on a text, new or read from its file, and where it goes. */
export interface TextRun extends TaskRun<Settings> {
  readonly folded: boolean;
  /** Name of the text. */
  readonly name: string;
  readonly data: TextData;
}

/** A run on a text as a job for `train`. */
export function textJob(run: TextRun): Job {
  const { record, data, members, optimizer, out, resume, next } = run;
  const { settings } = record;
  const { vocabulary } = data;
  return {
    record,
    metadata: textMetadata({ vocabulary, folded: run.folded }),
    plan: planOf(run),
    optimizer,
    step: stepOptions(settings, optimizer),
    evaluations: MEASURES.evaluations,
    keep: "best",
    members,
    begin: (seed) => textMember(settings, optimizer, seed, vocabulary.size),
    trainingData: () => data.train,
    validate: (model) => bitsPerCharacter(model, data.validation),
    sample: (model, step) => writeSample(model, vocabulary, step, settings.seed, MEASURES.sampleLength),
    scoring: "Scoring the test text: the network, then the n-grams ...",
    score: (networks, signal) => score(run, networks, signal),
    out,
    resume,
    next,
  };
}

/** A network before its first update. */
export function textMember(settings: Settings, optimizer: Optimizer, seed: number, symbols: number): Member {
  const model = network({ ...settings, seed }, symbols);
  const { seqLen, batch } = settings;
  const step = stepOptions(settings, optimizer);
  model.reserve({ ...step, steps: seqLen, batch, tokenInputs: true, tokenTargets: true });
  return newMember(seed, model);
}

function planOf({ name, data, record }: TextRun): Job["plan"] {
  const sizeOf = ({ start, end }: Part): number => end - start;
  const { train, validation, test } = data.parts;
  const characters = { train: sizeOf(train), validation: sizeOf(validation), test: sizeOf(test) };
  const vocabularySize = data.vocabulary.size;
  return {
    data: name,
    about:
      `${countText(characters.train)} characters to learn from, ${countText(characters.validation)} to validate, ` +
      `${countText(characters.test)} to test, ${vocabularySize} symbols`,
    details: { characters, vocabularySize },
    network: networkName(record.settings),
    loss: { unit: "bits/char", text: (nats) => bitsText(nats / Math.LN2) },
    validation: { unit: "bits/char", key: "bitsPerCharacter", text: bitsText },
  };
}

/** The test text: every network, then the n-grams. Saved is the network that did best on the validation text. */
async function score(
  { data, record }: TextRun,
  members: readonly Member[],
  signal: AbortSignal,
): Promise<Score | undefined> {
  const { settings } = record;
  const tests: number[] = [];
  for (const { model } of members) {
    const bits = await bitsPerCharacter(model, data.test, signal);
    if (bits === undefined) return undefined;
    tests.push(bits);
  }
  const best = members.reduce((best, member) => (member.best.value < best.best.value ? member : best));
  const validation = best.best.value;
  const test = tests[members.indexOf(best)]!;
  const baselines = baselinesOf(data);
  return {
    model: best.model,
    figures: { validation, test, ...(tests.length > 1 && { tests }) },
    fields: {
      validationBitsPerCharacter: validation,
      testBitsPerCharacter: test,
      ...(tests.length > 1 && { testsBitsPerCharacter: tests }),
      baselines,
    },
    sample: writeSample(
      best.model,
      data.vocabulary,
      settings.updates,
      settings.seed,
      4 * MEASURES.sampleLength,
    ),
    text: (steps, seconds) =>
      resultText({ network: networkName(settings), steps, seconds, validation, test, tests, baselines }),
  };
}
