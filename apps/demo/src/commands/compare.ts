import { UsageError } from "../errors.ts";
import type { OutputOptions } from "../options.ts";
import { type RunSummary, readSummary, taskOf } from "../tasks.ts";
import { aligned } from "../terminal/aligned.ts";
import type { Surroundings } from "../terminal/streams.ts";

/** Writes in what runs of one task differ, and their figures. */
export async function compareCommand(
  files: readonly string[],
  { json, quiet }: OutputOptions,
  { stdout, stderr }: Surroundings,
): Promise<void> {
  const runs = await Promise.all(files.map(readSummary));
  const tasks = new Set(runs.map(({ task }) => task));
  if (tasks.size > 1)
    throw new UsageError(
      `runs of different tasks cannot be compared: ${[...tasks].join(", ")}`,
      { tasks: [...tasks] },
      "Name files of one task.",
    );
  if (json) {
    stdout.write(`${JSON.stringify({ runs })}\n`);
    return;
  }
  const task = await taskOf(runs[0]!);
  if (!quiet && new Set(runs.map(({ sha256 }) => sha256)).size > 1)
    stderr.write(
      "These runs have learned from different data: their figures say little beside each other.\n",
    );
  stdout.write(differences(runs) + task.compare(runs));
}

/** A column for each run, a line for each setting that is not the same in all. */
function differences(runs: readonly RunSummary[]): string {
  const all = runs.map(({ data, settings }) => ({ data, ...settings }) as Record<string, unknown>);
  const names = [...new Set(all.flatMap((settings) => Object.keys(settings)))];
  const text = (value: unknown): string =>
    value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);
  const rows = names
    .map((name) => [name, ...all.map((settings) => text(settings[name]))])
    .filter(([, first, ...rest]) => rest.some((value) => value !== first));
  if (rows.length === 0) return "The settings are the same.\n";
  return aligned([["settings that differ", ...runs.map(({ path }) => path)], ...rows]);
}
