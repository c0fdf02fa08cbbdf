import { interruptible } from "@unroll/terminal";
import { NAME } from "../command-line/name.ts";
import { DataError, UsageError } from "../errors.ts";

import { chooseReporter, type ReportOptions } from "../report/choose.ts";
import { shellWords } from "../shell-words.ts";
import type { Surroundings } from "../terminal/streams.ts";
import type { Job } from "../training/job.ts";
import { updatesOf } from "../training/member.ts";
import { train } from "../training/train.ts";

/** Trains, shows it as the options and the terminal want, and hears Ctrl-C. */
export async function runJob(job: Job, options: ReportOptions, surroundings: Surroundings): Promise<void> {
  const now = (): number => performance.now();
  const reporter = chooseReporter(options, surroundings, now);
  await interruptible(
    surroundings.signals,
    () => reporter.close(),
    (signal) => train(job, reporter, now, signal),
  );
}

/** The command that goes on with a run. */
export function resumeCommand(task: string, out: string): string {
  return `${NAME} ${shellWords("train", task, "--resume", out)}`;
}

/** @throws UsageError if a setting was typed: the run that goes on has its own */
export function refuseTyped(typed: readonly string[]): void {
  if (typed.length > 0)
    throw new UsageError(
      `${typed.join(", ")} cannot be changed in a run that goes on`,
      { typed },
      "Leave it out: the file knows the settings of its run.",
    );
}

/** @throws DataError if the run stands behind the end of its data */
export function checkPosition(file: string, job: Job): void {
  const member = job.members.at(-1)!;
  const { batchesPerEpoch } = job.trainingData(member.seed);
  const { from } = member.position;
  if (updatesOf(member) < job.record.settings.updates && from > batchesPerEpoch)
    throw new DataError(file, `stands at window ${from} of ${batchesPerEpoch}`);
}
