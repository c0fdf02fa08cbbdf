import { NonFiniteError } from "@unroll/kernels";
import { fit, type Position } from "@unroll/train";
import { DemoError, Interrupted } from "../errors.ts";
import type { Reporter, RunPlan, RunResult } from "../report/reporter.ts";
import { save } from "../save.ts";
import { baselinesOf } from "./baselines.ts";
import { bitsPerCharacter } from "./bits-per-character.ts";
import { learningRateOf, stepOptions } from "./network.ts";
import { checkpointBytes, modelBytes, type UnfinishedRun } from "./run-file.ts";
import { MEASURES, networkName } from "./settings.ts";
import type { Part, TextData } from "./text-data.ts";
import { writeSample } from "./write-sample.ts";

/** A run and what goes with it. */
export interface Job {
  readonly run: UnfinishedRun;
  /** Name of the text. */
  readonly name: string;
  readonly data: TextData;
  /** Where the model goes. */
  readonly out: string;
  /** The command that goes on after an interruption. */
  readonly resume: string;
  readonly next: RunResult["next"];
}

/**
 * Trains for as many updates as the settings say, scores the parameters that did best on the validation text, and
 * saves them.
 * @throws Interrupted after `signal`: the step under way is finished and the run saved. DemoError "diverged" and
 * WriteError leave what stood at `out`.
 */
export async function trainText(
  job: Job,
  reporter: Reporter,
  now: () => number,
  signal: AbortSignal,
): Promise<void> {
  const { model, settings, best, vocabulary } = job.run;
  const { updates, seed } = settings;
  const began = now();
  try {
    const position = await learn(job, reporter, signal);
    const seconds = (now() - began) / 1000;
    if (signal.aborted) throw await interrupted(job, position, reporter);

    best.restore(model);
    reporter.note("Scoring the test text: the network, then the n-grams ...");
    const test = await bitsPerCharacter(model, job.data.test, signal);
    if (test === undefined) throw await interrupted(job, position, reporter);
    const baselines = baselinesOf(job.data);
    const validation = best.bitsPerCharacter;
    await save(job.out, modelBytes(model, job.run, { updates, validation, test }));
    const sample = writeSample(model, vocabulary, updates, seed, 4 * MEASURES.sampleLength);
    const { out, next } = job;
    reporter.finished({ steps: updates, seconds, validation, test, baselines, out, sample, next });
  } catch (error) {
    throw error instanceof NonFiniteError ? diverged(error, job) : error;
  } finally {
    reporter.close();
  }
}

/** The updates that are left, with evaluations and samples. Returns where the next update would start. */
async function learn(
  { run, name, data, out }: Job,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<Position> {
  const { model, settings, best, vocabulary, optimizer } = run;
  const { updates, seed } = settings;
  const startStep = model.optimizerState?.step ?? 0;
  const sizeOf = ({ start, end }: Part): number => end - start;
  const { train, validation, test } = data.parts;
  const plan: RunPlan = {
    data: name,
    characters: { train: sizeOf(train), validation: sizeOf(validation), test: sizeOf(test) },
    vocabularySize: vocabulary.size,
    network: networkName(settings),
    parameters: model.parameters.size,
    seed,
    startStep,
    totalSteps: updates,
    out,
  };
  reporter.started(plan);
  let position = run.position;
  if (startStep === updates) return position;

  const rate = learningRateOf(settings);
  const every = Math.ceil(updates / MEASURES.evaluations);
  const steps = fit(model, data.train, {
    ...stepOptions(settings, optimizer),
    epochs: Number.MAX_SAFE_INTEGER,
    steps: updates - startStep,
    start: position,
    signal,
  });
  for await (const { step, loss, gradientNorm, clippedNorm, epoch, from } of steps) {
    position = { epoch, from };
    reporter.stepped({ step, epoch, loss, gradientNorm, clippedNorm, learningRate: rate(step - 1) });
    if (step % every !== 0 && step !== updates) continue;
    // An interruption waits for it: the run that goes on later must not miss an evaluation.
    const bits = await bitsPerCharacter(model, data.validation);
    reporter.evaluated({ step, bitsPerCharacter: bits, best: best.offer(model, step, bits) });
    reporter.sampled(writeSample(model, vocabulary, step, seed, MEASURES.sampleLength));
  }
  return position;
}

async function interrupted(
  { run, out, resume }: Job,
  position: Position,
  reporter: Reporter,
): Promise<Interrupted> {
  const step = run.model.optimizerState?.step ?? 0;
  if (step === 0) reporter.note("Stopped before the first step: there is nothing to save.");
  else {
    await save(out, checkpointBytes({ ...run, position }));
    reporter.interrupted({ step, out, resume });
  }
  return new Interrupted(out);
}

function diverged(error: NonFiniteError, { run, out }: Job): DemoError {
  const { lr, clip } = run.settings;
  return new DemoError(
    "diverged",
    `training diverged: ${error.message}`,
    error.details,
    `Try a smaller --lr (it was ${lr}) or --clip (it was ${clip}). Nothing was written to ${out}.`,
  );
}
