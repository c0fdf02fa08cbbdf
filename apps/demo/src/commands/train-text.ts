import { join } from "node:path";
import { NAME } from "../command-line/name.ts";
import type { TrainTextOptions } from "../command-line/train-text.ts";
import type { RunResult } from "../report/reporter.ts";
import { freeName, prepareToSave } from "../save.ts";
import { sha256 } from "../sha256.ts";
import { shellWords } from "../shell-words.ts";
import type { Surroundings } from "../terminal/streams.ts";
import { BUILT_IN } from "../text/built-in.ts";
import { readText } from "../text/read-text.ts";
import { foldedIn } from "../text/run-file.ts";
import { parseSettings, type Settings } from "../text/settings.ts";
import { textData } from "../text/text-data.ts";
import { textJob, textMember } from "../text/train-text.ts";
import type { Job, RunRecord } from "../training/job.ts";
import { optimizerOf } from "../training/optimizer.ts";
import { readBytes } from "../training/read-bytes.ts";
import { unfinishedRunIn } from "../training/run-file.ts";
import { checkSameData } from "../training/same-data.ts";
import { checkPosition, refuseTyped, resumeCommand, runJob } from "./run-job.ts";

/** Trains a network on a text, or goes on with a run that was interrupted. */
export async function trainTextCommand(options: TrainTextOptions, surroundings: Surroundings): Promise<void> {
  const { resume } = options;
  const job =
    resume === undefined ? await newJob(options, surroundings) : await oldJob(resume, options, surroundings);
  await runJob(job, options, surroundings);
}

async function newJob(options: TrainTextOptions, { stdin }: Surroundings): Promise<Job> {
  const { data: given = BUILT_IN, fold, epochs, truncate } = options;
  const { seed, seeds, hidden, layers, seqLen, batch, lr, clip } = options;
  const text = await readText(given, stdin, fold);
  const data = textData(text, { seqLen, batch });
  const updates = epochs === undefined ? options.updates : epochs * data.train.batchesPerEpoch;
  const settings = { hidden, layers, seqLen, batch, updates, lr, clip, truncate, seed, seeds };
  const out = options.out ?? (await freeName(join("runs", text.name), ".safetensors"));
  await prepareToSave(out);
  const optimizer = optimizerOf(settings);
  const record = { task: "text", data: given, sha256: sha256(text.text), settings };
  const members = [textMember(settings, optimizer, seed, data.vocabulary.size)];
  const where = { out, resume: resumeCommand("text", out), next: nextSteps(record, out) };
  return textJob({ record, optimizer, members, data, ...where, name: text.name, folded: text.folded });
}

/** @throws UsageError if a setting was typed: the run has its own; DataError if the text is another one */
async function oldJob(file: string, options: TrainTextOptions, { stdin }: Surroundings): Promise<Job> {
  const { typed, out = file } = options;
  refuseTyped(typed);
  const { record, metadata, optimizer, members } = unfinishedRunIn(
    file,
    await readBytes(file),
    "text",
    parseSettings,
  );
  await prepareToSave(out);
  const given = options.data ?? record.data;
  const folded = foldedIn(metadata);
  const text = await readText(given, stdin, folded);
  checkSameData(given, "text", file, sha256(text.text), record.sha256);
  const data = textData(text, record.settings);
  const where = { out, resume: resumeCommand("text", out), next: nextSteps(record, out) };
  const job = textJob({ record, optimizer, members, data, ...where, name: text.name, folded });
  checkPosition(file, job);
  return job;
}

function nextSteps({ data, settings }: RunRecord<Settings>, out: string): RunResult["next"] {
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
          [`${NAME} train text --preset best`, "the best network of half an hour"] as const,
        ]
      : []),
    [`${NAME} ${shellWords("train", "text", ...larger)}`, "twice as large, trained twice as long"],
    [`${NAME} train text --data my-book.txt`, "let it learn a text of yours"],
  ];
}

const TWO_LAYERS = ["--layers", "2", "--hidden", "160", "--updates", "11000", "--lr", "0.003"];
