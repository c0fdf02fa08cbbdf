import type { EvalOptions } from "../command-line/eval.ts";
import { readSummary, taskOf } from "../tasks.ts";
import type { Surroundings } from "../terminal/streams.ts";

/** Writes the figures of a run. */
export async function evalCommand(
  file: string,
  options: EvalOptions,
  surroundings: Surroundings,
): Promise<void> {
  const summary = await readSummary(file);
  const task = await taskOf(summary);
  const { text, fields } = await task.evaluate(file, options.data, surroundings);
  const { stdout } = surroundings;
  const name = summary.task;
  const data = options.data ?? summary.data;
  stdout.write(options.json ? `${JSON.stringify({ task: name, data, ...fields })}\n` : text);
}
