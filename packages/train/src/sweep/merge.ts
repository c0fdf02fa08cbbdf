import { StateError } from "@unroll/kernels";
import { readOutcome } from "./result-file.ts";
import { type CheckedRun, checkRuns, type Run, type RunResult } from "./run.ts";
import { SweepError } from "./sweep-error.ts";

/**
 * The results that sweeps have left in folders, in the order of `runs`, however they were split, interrupted and ordered.
 * @throws SweepError if runs have no result, StateError if folders disagree about one or a file is of other settings,
 * FormatError for a broken file, ValueError for runs that can't be; what the file system throws
 */
export async function merge(runs: readonly Run[], folders: string | readonly string[]): Promise<RunResult[]> {
  return collect("merge", checkRuns("merge", runs), typeof folders === "string" ? [folders] : folders);
}

export async function collect(
  where: string,
  runs: readonly CheckedRun[],
  folders: readonly string[],
): Promise<RunResult[]> {
  const results: RunResult[] = [];
  const failed: { name: string; message: string }[] = [];
  const missing: string[] = [];
  for (const run of runs) {
    const { name } = run;
    let result: string | undefined;
    let message: string | undefined;
    for (const folder of folders) {
      const outcome = await readOutcome(where, folder, run);
      if (!outcome) continue;
      if ("failed" in outcome) message ??= outcome.failed;
      else if (result !== undefined && result !== outcome.result)
        throw new StateError(where, `the folders have different results of the run ${name}`);
      else result = outcome.result;
    }
    if (result !== undefined)
      results.push({ name, settings: JSON.parse(run.settings), result: JSON.parse(result) });
    else if (message !== undefined) failed.push({ name, message });
    else missing.push(name);
  }
  if (results.length < runs.length) throw new SweepError(where, runs.length, { failed, missing });
  return results;
}
