import { NonFiniteError } from "@unroll/kernels";
import { Interrupted, ProgramError } from "../errors.ts";
import type { Reporter } from "../report/reporter.ts";
import { save } from "../save.ts";
import type { Job } from "./job.ts";
import { type LearnEvent, learn } from "./learn.ts";
import { updatesOf } from "./member.ts";
import { checkpointBytes, modelBytes } from "./run-file.ts";

/**
 * Trains as many networks as the settings say, each for as many updates, scores the parameters that did best on the
 * validation part, and saves them.
 * @throws Interrupted after `signal`: the step under way is finished and the run saved. ProgramError "diverged" and
 * WriteError leave what stood at `out`.
 */
export async function train(
  job: Job,
  reporter: Reporter,
  now: () => number,
  signal: AbortSignal,
): Promise<void> {
  const { members, record, out, next } = job;
  const { updates, seed, seeds } = record.settings;
  const began = now();
  try {
    start(job, reporter);
    for (;;) {
      for await (const event of learn(job, members.at(-1)!, signal)) show(event, reporter);
      if (signal.aborted) throw await interrupted(job, reporter);
      if (members.length === seeds) break;
      members.push(job.begin(seed + members.length));
    }
    const seconds = (now() - began) / 1000;

    for (const { best, model } of members) best.restore(model);
    reporter.note(job.scoring);
    const score = await job.score(members, signal);
    if (!score) throw await interrupted(job, reporter);
    await save(out, modelBytes(score.model, job, { updates, ...score.figures }));
    const { fields, sample } = score;
    const steps = updates * seeds;
    reporter.finished({ steps, seconds, text: score.text(steps, seconds), fields, out, sample, next });
  } catch (error) {
    throw error instanceof NonFiniteError ? diverged(error, job) : error;
  } finally {
    reporter.close();
  }
}

function start({ record, plan, members, out }: Job, reporter: Reporter): void {
  const { updates, seed, seeds } = record.settings;
  reporter.started({
    ...plan,
    task: record.task,
    parameters: members[0]!.model.parameters.size,
    seed,
    startStep: updates * (members.length - 1) + updatesOf(members.at(-1)!),
    totalSteps: updates * seeds,
    out,
  });
}

function show({ evaluation, sample, ...event }: LearnEvent, reporter: Reporter): void {
  reporter.stepped(event);
  if (evaluation) reporter.evaluated(evaluation);
  if (sample) reporter.sampled(sample);
}

async function interrupted(job: Job, reporter: Reporter): Promise<Interrupted> {
  const { members, record, out, resume } = job;
  const step = record.settings.updates * (members.length - 1) + updatesOf(members.at(-1)!);
  if (step === 0) reporter.note("Stopped before the first step: there is nothing to save.");
  else {
    await save(out, checkpointBytes(job));
    reporter.interrupted({ step, out, resume });
  }
  return new Interrupted(out);
}

function diverged(error: NonFiniteError, { record, out }: Job): ProgramError {
  const { lr, clip } = record.settings;
  return new ProgramError(
    "diverged",
    `training diverged: ${error.message}`,
    error.details,
    `Try a smaller --lr (it was ${lr}) or --clip (it was ${clip}). Nothing was written to ${out}.`,
  );
}
