import { createHash } from "node:crypto";
import { join } from "node:path";
import { NAME } from "../command-line/name.ts";
import type { TrainTextOptions } from "../command-line/train-text.ts";
import { DataError, UsageError } from "../errors.ts";
import { interruptible } from "../interrupt.ts";
import { chooseReporter } from "../report/choose.ts";
import type { RunResult } from "../report/reporter.ts";
import { freeName, prepareToSave } from "../save.ts";
import { shellWords } from "../shell-words.ts";
import type { Surroundings } from "../terminal/streams.ts";
import { BUILT_IN } from "../text/built-in.ts";
import { type NamedText, readText } from "../text/read-text.ts";
import { Best } from "../training/best.ts";
import { network, optimizerOf, stepOptions } from "../training/network.ts";
import { readRun, type UnfinishedRun } from "../training/run-file.ts";
import { type TextData, textData } from "../training/text-data.ts";
import { type Job, trainText } from "../training/train-text.ts";

/** Trains a network on a text, or goes on with a run that was interrupted. */
export async function trainTextCommand(options: TrainTextOptions, surroundings: Surroundings): Promise<void> {
  const { resume } = options;
  const job =
    resume === undefined ? await newJob(options, surroundings) : await oldJob(resume, options, surroundings);
  const now = (): number => performance.now();
  const reporter = chooseReporter(options, surroundings, now);
  await interruptible(
    surroundings.signals,
    () => reporter.close(),
    (signal) => trainText(job, reporter, now, signal),
  );
}

async function newJob(options: TrainTextOptions, { stdin }: Surroundings): Promise<Job> {
  const {
    data: given = BUILT_IN,
    fold,
    epochs,
    seed,
    hidden,
    layers,
    seqLen,
    batch,
    lr,
    clip,
    truncate,
  } = options;
  const text = await readText(given, stdin, fold);
  const data = textData(text, { seqLen, batch });
  const updates = epochs === undefined ? options.updates : epochs * data.train.batchesPerEpoch;
  const settings = { hidden, layers, seqLen, batch, updates, lr, clip, truncate, seed };
  const out = options.out ?? (await freeName(join("runs", text.name), ".safetensors"));
  await prepareToSave(out);
  const { vocabulary } = data;
  const model = network(settings, vocabulary.size);
  const optimizer = optimizerOf(settings);
  model.reserve({
    ...stepOptions(settings, optimizer),
    steps: seqLen,
    batch,
    tokenInputs: true,
    tokenTargets: true,
  });
  return jobOf(text, data, out, {
    model,
    optimizer,
    position: { epoch: 0, from: 0 },
    best: new Best(model),
    vocabulary,
    folded: text.folded,
    data: given,
    sha256: hashOf(text),
    settings,
  });
}

/** @throws UsageError if a setting was typed: the run has its own; DataError if the text is another one */
async function oldJob(file: string, options: TrainTextOptions, { stdin }: Surroundings): Promise<Job> {
  const { typed, out = file } = options;
  if (typed.length > 0)
    throw new UsageError(
      `${typed.join(", ")} cannot be changed in a run that goes on`,
      { typed },
      "Leave it out: the file knows the settings of its run.",
    );
  const run = await readRun(file);
  await prepareToSave(out);
  const text = await readText(options.data ?? run.data, stdin, run.folded);
  if (hashOf(text) !== run.sha256)
    throw new DataError(
      options.data ?? run.data,
      `is not the text that ${file} was trained on`,
      { got: hashOf(text), expected: run.sha256 },
      "Name the right one with --data.",
    );
  const data = textData(text, run.settings);
  if (run.position.from > data.train.batchesPerEpoch)
    throw new DataError(file, `stands at window ${run.position.from} of ${data.train.batchesPerEpoch}`);
  return jobOf(text, data, out, run);
}

function jobOf({ name }: NamedText, data: TextData, out: string, run: UnfinishedRun): Job {
  const again = shellWords("train", "text", "--resume", out);
  return { run, name, data, out, resume: `${NAME} ${again}`, next: nextSteps(run, out) };
}

function nextSteps({ data, settings }: UnfinishedRun, out: string): RunResult["next"] {
  const { hidden, updates, lr } = settings;
  const builtIn = data === BUILT_IN;
  const prompt = builtIn ? ["--prompt", "Call me "] : [];
  const text = builtIn ? [] : ["--data", data];
  const larger = [
    ...text,
    "--hidden",
    String(2 * hidden),
    "--updates",
    String(2 * updates),
    "--lr",
    String(lr / 2),
  ];
  return [
    [`${NAME} ${shellWords("generate", out, ...prompt, "--temperature", "0.5")}`, "let it write"],
    ...(builtIn
      ? [
          [
            `${NAME} ${shellWords("train", "text", ...TWO_LAYERS)}`,
            "two layers in about the same time",
          ] as const,
        ]
      : []),
    [`${NAME} ${shellWords("train", "text", ...larger)}`, "twice as large, trained twice as long"],
    [`${NAME} train text --data my-book.txt`, "let it learn a text of yours"],
  ];
}

const TWO_LAYERS = ["--layers", "2", "--hidden", "160", "--updates", "11000", "--lr", "0.003"];

function hashOf({ text }: NamedText): string {
  return createHash("sha256").update(text).digest("hex");
}
