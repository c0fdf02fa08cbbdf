import { join } from "node:path";
import { BUILT_IN } from "../classify/built-in.ts";
import { labelledData, trainingBatches } from "../classify/labelled-data.ts";
import { classifyMember } from "../classify/network.ts";
import { readLabelled } from "../classify/read-labelled.ts";
import { LENGTH, parseSettings, type Settings } from "../classify/settings.ts";
import { classifyJob } from "../classify/train-classify.ts";
import { NAME } from "../command-line/name.ts";
import type { TrainClassifyOptions } from "../command-line/train-classify.ts";
import type { RunResult } from "../report/reporter.ts";
import { freeName, prepareToSave } from "../save.ts";
import { sha256 } from "../sha256.ts";
import { shellWords } from "../shell-words.ts";
import type { Surroundings } from "../terminal/streams.ts";
import type { Job, RunRecord } from "../training/job.ts";
import { optimizerOf } from "../training/optimizer.ts";
import { readBytes } from "../training/read-bytes.ts";
import { unfinishedRunIn } from "../training/run-file.ts";
import { checkSameData } from "../training/same-data.ts";
import { checkPosition, refuseTyped, resumeCommand, runJob } from "./run-job.ts";

/** Trains a network on labelled lines, or goes on with a run that was interrupted. */
export async function trainClassifyCommand(
  options: TrainClassifyOptions,
  surroundings: Surroundings,
): Promise<void> {
  const { resume } = options;
  const job =
    resume === undefined ? await newJob(options, surroundings) : await oldJob(resume, options, surroundings);
  await runJob(job, options, surroundings);
}

async function newJob(options: TrainClassifyOptions, { stdin }: Surroundings): Promise<Job> {
  const { data: given = BUILT_IN, epochs, seed } = options;
  const lines = await readLabelled(given, stdin);
  const started = { ...settingsIn(options), updates: options.updates ?? 1 };
  const data = labelledData(lines, started);
  const { batchesPerEpoch } = trainingBatches(data, started, seed);
  const usual = Math.max(LENGTH.leastUpdates, LENGTH.epochs * batchesPerEpoch);
  const updates = options.updates ?? (epochs ? epochs * batchesPerEpoch : usual);
  const settings = { ...started, updates };
  const out = options.out ?? (await freeName(join("runs", lines.name), ".safetensors"));
  await prepareToSave(out);
  const optimizer = optimizerOf(settings);
  const record = { task: "classify", data: given, sha256: sha256(lines.bytes), settings };
  const members = [classifyMember(settings, optimizer, seed, data)];
  const where = { out, resume: resumeCommand("classify", out), next: nextSteps(record, out) };
  return classifyJob({ record, optimizer, members, data, lines, ...where });
}

/** @throws UsageError if a setting was typed: the run has its own; DataError if the lines are others */
async function oldJob(file: string, options: TrainClassifyOptions, { stdin }: Surroundings): Promise<Job> {
  const { typed, out = file } = options;
  refuseTyped(typed);
  const { record, optimizer, members } = unfinishedRunIn(
    file,
    await readBytes(file),
    "classify",
    parseSettings,
  );
  await prepareToSave(out);
  const given = options.data ?? record.data;
  const lines = await readLabelled(given, stdin);
  checkSameData(given, "labelled lines", file, sha256(lines.bytes), record.sha256);
  const data = labelledData(lines, record.settings);
  const where = { out, resume: resumeCommand("classify", out), next: nextSteps(record, out) };
  const job = classifyJob({ record, optimizer, members, data, lines, ...where });
  checkPosition(file, job);
  return job;
}

/** The settings that the command line says, but for the updates. */
function settingsIn(options: TrainClassifyOptions): Omit<Settings, "updates"> {
  const { hidden, layers, seqLen, batch, lr, clip, seed, seeds } = options;
  const { weightDecay, drop, smoothing, earlier, balance } = options;
  const { keepCase = false, fold = false, withValidation = false } = options;
  const summary = options.summary || undefined;
  const sizes = { hidden, layers, summary, seqLen, batch, lr, clip, seed, seeds };
  return { ...sizes, weightDecay, drop, smoothing, earlier, balance, keepCase, fold, withValidation };
}

function nextSteps({ data }: RunRecord<Settings>, out: string): RunResult["next"] {
  const builtIn = data === BUILT_IN;
  const same = builtIn || data === "-" ? [] : ["--data", data];
  const text = builtIn ? "Kowalski" : "some text";
  return [
    [
      `${NAME} ${shellWords("classify", out, "--explain", text)}`,
      "label a text, and say which characters decided",
    ],
    [`${NAME} ${shellWords("train", "classify", ...same, "--seeds", "5")}`, "five networks and their mean"],
    [`${NAME} train classify --data my-lines.tsv`, "labelled lines of yours"],
  ];
}
