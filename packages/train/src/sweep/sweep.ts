import { OptionError } from "@unroll/kernels";
import { processors } from "../workers/node.ts";
import { collect } from "./merge.ts";
import { makeFolder, readOutcome, writeOutcome } from "./result-file.ts";
import { type CheckedRun, checkRuns, type Run, type RunResult } from "./run.ts";
import { runInThread } from "./run-in-thread.ts";

export interface SweepOptions {
  /** The address of the module with the function that a run is: `new URL("./train-one.js", import.meta.url)`. */
  readonly module: URL | string;
  /** The function's name among the exports, `run` if not given. It gets settings and name, and returns what JSON keeps. */
  readonly call?: string | undefined;
  /** Where results are kept, one file for each run; made if there is none. */
  readonly folder: string;
  /** Runs at a time; as many as the machine has processors if not given. */
  readonly threads?: number | undefined;
  /** This sweep does the runs number `index`, `index + count`, …, counted from 0. */
  readonly shard?: { readonly index: number; readonly count: number } | undefined;
  /** Ends the threads at once. The results so far stay. */
  readonly signal?: AbortSignal | undefined;
  /** The address of `sweep.worker.js` of this package, for programs that are bundled. */
  readonly script?: URL | string | undefined;
}

/**
 * Does independent runs, several at a time, each in a thread of its own, and returns their results in the order of `runs`.
 * Runs that have a result in the folder are not done again, so a sweep that was killed goes on when it is started again.
 * A run that fails leaves its message in its file and doesn't keep others from being done; the next sweep tries it again.
 * @throws SweepError after all runs if some failed; OptionError, ValueError (two runs of one name), FormatError and
 * StateError (a file in the folder that is broken or of other settings) before the first; the signal's reason; what the
 * file system throws
 */
export async function sweep(runs: readonly Run[], options: SweepOptions): Promise<RunResult[]> {
  const { module, call = "run", folder, script, signal } = options;
  const { threads = processors(), shard = { index: 0, count: 1 } } = options;
  const { index, count } = shard;
  if (!(Number.isInteger(threads) && threads > 0))
    throw new OptionError("sweep", "threads", threads, "a whole number of 1 or more");
  if (!(Number.isInteger(count) && count > 0))
    throw new OptionError("sweep", "shard.count", count, "a whole number of 1 or more");
  if (!(Number.isInteger(index) && index >= 0 && index < count))
    throw new OptionError("sweep", "shard.index", index, `a whole number from 0 to ${count - 1}`);
  if (!URL.canParse(String(module)))
    throw new OptionError("sweep", "module", module, "an address: new URL(file, import.meta.url)");
  if (typeof folder !== "string" || folder === "")
    throw new OptionError("sweep", "folder", folder, "the path of a folder");
  const mine = checkRuns("sweep", runs).filter((_, i) => i % count === index);

  signal?.throwIfAborted();
  await makeFolder(folder);
  const left: CheckedRun[] = [];
  for (const run of mine) {
    const outcome = await readOutcome("sweep", folder, run);
    if (!outcome || "failed" in outcome) left.push(run);
  }

  // Each thread takes the next run. What fails beside the runs, as a full disk, ends all.
  const stop = new AbortController();
  const ended = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  const next = left.values();
  const work = async (): Promise<void> => {
    for (const run of next) {
      const order = { ...run, module: String(module), call };
      await writeOutcome(folder, run, await runInThread(order, script, ended));
    }
  };
  const workers = Array.from({ length: Math.min(threads, left.length) }, () =>
    work().catch((error: unknown) => {
      stop.abort(error);
      throw error;
    }),
  );
  await Promise.allSettled(workers);
  ended.throwIfAborted();
  return collect("sweep", mine, [folder]);
}
