import { softmaxCrossEntropy } from "@unroll/losses";
import { evaluate } from "@unroll/train";
import { countText, durationText } from "../terminal/words.ts";
import { committee } from "../training/committee.ts";
import type { Job, Score, TaskRun } from "../training/job.ts";
import type { Member } from "../training/member.ts";
import { turn } from "../training/turn.ts";
import { rulesOf } from "./figures.ts";
import { judge, type Scored } from "./judge.ts";
import { type LabelledData, scoredBatches, trainingBatches } from "./labelled-data.ts";
import type { NamedLines } from "./labelled-lines.ts";
import { nameOf } from "./name.ts";
import { classifyMember, stepOptions } from "./network.ts";
import { resultFields, resultText } from "./result-text.ts";
import { classifyMetadata } from "./run-file.ts";
import { scoresOf } from "./scores.ts";
import type { Settings } from "./settings.ts";

/** Measurements on the validation part while a network learns. */
const EVALUATIONS = 10;

/** A run on labelled lines, new or read from its file, and where it goes. */
export interface ClassifyRun extends TaskRun<Settings> {
  readonly lines: Pick<NamedLines, "name" | "noun">;
  readonly data: LabelledData;
}

/** A run on labelled lines as a job for `train`. */
export function classifyJob(run: ClassifyRun): Job {
  const { record, data, members, optimizer, out, resume, next } = run;
  const { settings } = record;
  const validation = scoredBatches(data, data.validation, settings);
  return {
    record,
    metadata: classifyMetadata(data),
    plan: planOf(run),
    optimizer,
    step: stepOptions(settings, optimizer),
    evaluations: EVALUATIONS,
    keep: settings.withValidation ? "last" : "best",
    members,
    begin: (seed) => classifyMember(settings, optimizer, seed, data),
    trainingData: (seed) => trainingBatches(data, settings, seed),
    validate: async (model) => (await evaluate(model, validation, softmaxCrossEntropy()))!,
    scoring: "Scoring the test part: the network, then naive Bayes ...",
    score: (networks, signal) => score(run, networks, signal),
    out,
    resume,
    next,
  };
}

function planOf({ lines, data, record }: ClassifyRun): Job["plan"] {
  const { settings } = record;
  const { noun } = lines;
  const items = { train: data.train.length, validation: data.validation.length, test: data.test.length };
  const watched = settings.withValidation ? "" : `${countText(items.validation)} to validate, `;
  return {
    data: lines.name,
    about:
      `${data.classes.length} labels; ${countText(items.train)} ${noun}s to learn from, ${watched}` +
      `${countText(items.test)} to test, ${data.vocabulary.size} symbols`,
    details: { classes: data.classes, items, vocabularySize: data.vocabulary.size },
    network: nameOf(settings),
    loss: { unit: `nats/${noun}`, text: (nats) => nats.toFixed(3) },
    validation: { unit: `nats/${noun}`, key: "natsPerText", text: (nats) => nats.toFixed(3) },
  };
}

/** All networks and their mean on the test part, then the simple rules. Saved is the mean. */
async function score(
  { data, record, lines }: ClassifyRun,
  members: readonly Member[],
  signal: AbortSignal,
): Promise<Score | undefined> {
  const { settings } = record;
  const { classes, test } = data;
  const batches = scoredBatches(data, test, settings);
  const stopped = async (): Promise<boolean> => {
    await turn();
    return signal.aborted;
  };
  const model = committee(members.map((member) => member.model));
  const all: Scored[] = [];
  for (const { seed, model: own } of [...members, { seed: 0, model }]) {
    const scores = await scoresOf(own, batches, stopped);
    if (!scores) return undefined;
    all.push({ name: `seed ${seed}`, scores });
  }
  const together: Scored = { name: nameOf(settings), scores: all.pop()!.scores };
  const seeds = members.length > 1 ? all : [];
  const result = judge(classes, test, together, seeds, rulesOf(data, settings));
  const validation = members.map(({ best }) => best.value);
  const heading = (steps: number, seconds: number): string =>
    `${countText(test.length)} ${lines.noun}s to test, in % (more are better), after ${countText(steps)} steps in ` +
    `${durationText(seconds)}:\n`;
  return {
    model,
    figures: { validation, network: result.network, seeds: result.seeds },
    fields: { validation, ...resultFields(result) },
    text: (steps, seconds) => heading(steps, seconds) + resultText(result),
  };
}
