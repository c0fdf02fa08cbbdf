import { join } from "node:path";
import { NAME } from "../command-line/name.ts";
import { readingOf } from "../command-line/series-options.ts";
import type { TrainSeriesOptions } from "../command-line/train-series.ts";
import { DataError } from "../errors.ts";
import type { RunResult } from "../report/reporter.ts";
import { freeName, prepareToSave } from "../save.ts";
import { BUILT_IN, USUAL } from "../series/built-in.ts";
import { seriesMember, trainingWindows } from "../series/network.ts";
import { prepare } from "../series/prepare.ts";
import { type Preset, presetFor } from "../series/presets.ts";
import { readSeries } from "../series/read-series.ts";
import { readingIn } from "../series/run-file.ts";
import { parseSettings, type Settings } from "../series/settings.ts";
import { seriesJob } from "../series/train-series.ts";
import { sha256 } from "../sha256.ts";
import { shellWords } from "../shell-words.ts";
import type { Surroundings } from "../terminal/streams.ts";
import type { Job, RunRecord } from "../training/job.ts";
import { optimizerOf } from "../training/optimizer.ts";
import { readBytes } from "../training/read-bytes.ts";
import { unfinishedRunIn } from "../training/run-file.ts";
import { checkSameData } from "../training/same-data.ts";
import { checkPosition, refuseTyped, resumeCommand, runJob } from "./run-job.ts";

/** Trains a network on series, or goes on with a run that was interrupted. */
export async function trainSeriesCommand(
  options: TrainSeriesOptions,
  surroundings: Surroundings,
): Promise<void> {
  const { resume } = options;
  const job =
    resume === undefined ? await newJob(options, surroundings) : await oldJob(resume, options, surroundings);
  await runJob(job, options, surroundings);
}

async function newJob(options: TrainSeriesOptions, { stdin }: Surroundings): Promise<Job> {
  const { data: given = USUAL, epochs, seed } = options;
  const { data, bytes } = await readSeries(given, stdin, readingOf(options));
  const started = { ...presetFor(given, data), ...settingsIn(options), seed };
  const before = prepare(given, data, started);
  const updates = epochs ? epochs * trainingWindows(before, started, seed).batchesPerEpoch : started.updates;
  const settings = { ...started, updates };
  const out = options.out ?? (await freeName(join("runs", data.name), ".safetensors"));
  await prepareToSave(out);
  const optimizer = optimizerOf(settings);
  const record = { task: "series", data: given, sha256: sha256(bytes), settings };
  const members = [seriesMember(settings, optimizer, seed, before)];
  const where = { out, resume: resumeCommand("series", out), next: nextSteps(record, out) };
  return seriesJob({ record, optimizer, members, data, prepared: before, ...where });
}

/** @throws UsageError if a setting was typed: the run has its own; DataError if the series are others */
async function oldJob(file: string, options: TrainSeriesOptions, { stdin }: Surroundings): Promise<Job> {
  const { typed, out = file } = options;
  refuseTyped(typed);
  const { record, metadata, optimizer, members } = unfinishedRunIn(
    file,
    await readBytes(file),
    "series",
    parseSettings,
  );
  await prepareToSave(out);
  const given = options.data ?? record.data;
  const reading = readingIn(metadata)?.reading;
  if (!reading) throw new DataError(file, "does not say how its series are read");
  const { data, bytes } = await readSeries(given, stdin, reading);
  checkSameData(given, "series", file, sha256(bytes), record.sha256);
  const prepared = prepare(given, data, record.settings);
  const where = { out, resume: resumeCommand("series", out), next: nextSteps(record, out) };
  const job = seriesJob({ record, optimizer, members, data, prepared, ...where });
  checkPosition(file, job);
  return job;
}

/** The settings that the command line says. */
function settingsIn(options: TrainSeriesOptions): Partial<Preset> {
  const found = SETTINGS.map((name) => [name, options[name]] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}

const SETTINGS = [
  "hidden",
  "layers",
  "seqLen",
  "batch",
  "updates",
  "lr",
  "clip",
  "seeds",
  "stride",
  "loss",
  "delta",
  "base",
  "lags",
  "seasons",
  "reference",
  "share",
  "weekday",
  "yearly",
  "daily",
  "validation",
  "test",
  "withValidation",
  "horizons",
] as const satisfies readonly (keyof Preset)[];

function nextSteps({ data }: RunRecord<Settings>, out: string): RunResult["next"] {
  const others = Object.keys(BUILT_IN).filter((name) => name !== data);
  const same = data === USUAL || data === "-" ? [] : ["--data", data];
  return [
    [`${NAME} ${shellWords("forecast", out, "--plot")}`, "what comes next, drawn"],
    [`${NAME} ${shellWords("train", "series", ...same, "--seeds", "10")}`, "ten networks and their mean"],
    [`${NAME} ${shellWords("train", "series", "--data", others[0]!)}`, BUILT_IN[others[0]!]!.about],
    [`${NAME} train series --data my-numbers.csv`, "a CSV file of yours"],
  ];
}
