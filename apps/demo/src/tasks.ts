import { readSafetensors } from "@unroll/io";
import { DataError } from "./errors.ts";
import type { Surroundings } from "./terminal/streams.ts";
import { readBytes } from "./training/read-bytes.ts";
import { inFile } from "./training/run-file.ts";

/** Something found out about a run or a data set: lines for people and the same for --json. */
export interface Finding {
  readonly text: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What the file of a finished run says of it. */
export interface RunSummary {
  readonly path: string;
  readonly task: string;
  readonly data: string;
  readonly sha256: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly figures: Readonly<Record<string, unknown>>;
}

/** What a task does for the commands that all tasks have. */
export interface Task {
  /** The figures of a run on the test part of its data, or on all of other data. */
  evaluate(file: string, data: string | undefined, surroundings: Surroundings): Promise<Finding>;
  /** Runs of this task beside each other. */
  compare(runs: readonly RunSummary[]): string;
}

/** A task for each name that a model file may have. */
const TASKS: Readonly<Record<string, () => Promise<Task>>> = {
  text: async () => (await import("./text/task.ts")).textTask,
  classify: async () => (await import("./classify/task.ts")).classifyTask,
  series: async () => (await import("./series/task.ts")).seriesTask,
};

/** The task of a run. @throws DataError if this program does not know it */
export async function taskOf({ path, task }: Pick<RunSummary, "path" | "task">): Promise<Task> {
  const load = Object.hasOwn(TASKS, task) ? TASKS[task] : undefined;
  if (load) return await load();
  throw new DataError(path, `is a run of ${task}, expected one of ${Object.keys(TASKS).join(", ")}`);
}

/** @throws DataError if the file cannot be read or holds no run */
export async function readSummary(path: string): Promise<RunSummary> {
  const bytes = await readBytes(path);
  return inFile(path, "text, series or classify", () => {
    const { metadata } = readSafetensors(bytes);
    const run = JSON.parse(metadata.get("run") ?? "null") as Partial<RunSummary> | null;
    const { task, data, sha256, settings } = run ?? {};
    if (typeof task !== "string" || typeof data !== "string" || typeof sha256 !== "string" || !settings)
      throw new DataError(path, "holds no run, expected a file that train saved", { expected: "a run" });
    const figures = JSON.parse(metadata.get("figures") ?? "{}") as RunSummary["figures"];
    return { path, task, data, sha256, settings, figures };
  });
}
