import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { run } from "./run.mjs";
import { allWorkspaces } from "./workspace.mjs";

/** The most that is shown of what one failed task wrote: its end. */
const LINES = 60;

/**
 * Runs one task in every workspace that has it, as far as turbo's cache doesn't have the result.
 * A workspace whose task was not reached, because one that it depends on failed, has failed as well.
 * @returns {Promise<{ name: string, folder: string, ok: boolean, log: string }[]>}
 */
export async function runTask(root, task) {
  const words = [
    "--continue=dependencies-successful",
    "--concurrency=100%",
    "--output-logs=errors-only",
    "--summarize",
  ];
  const { output } = await run(root, "turbo", ["run", task, ...words]);
  const summary = readSummary(output);
  return allWorkspaces(root)
    .filter(({ manifest }) => manifest.scripts?.[task])
    .map(({ folder, manifest }) => {
      const entry = summary?.tasks.find(({ taskId }) => taskId === `${manifest.name}#${task}`);
      const ok = entry?.execution?.exitCode === 0;
      return {
        name: manifest.name,
        folder,
        ok,
        log: ok ? "" : logOf(root, entry, summary ? undefined : output),
      };
    });
}

/** Turbo's account of the run; undefined if turbo itself failed. It is read once and then removed. */
function readSummary(output) {
  const file = /^Summary:\s+(\S.*)$/m.exec(output)?.[1];
  if (!file || !existsSync(file)) return undefined;
  const summary = JSON.parse(readFileSync(file, "utf8"));
  rmSync(file);
  return summary;
}

function logOf(root, entry, output) {
  if (output !== undefined) return lastLines(output);
  const executed = entry?.execution !== undefined && entry?.logFile && existsSync(join(root, entry.logFile));
  if (!executed) return "was not run, since a task that it depends on failed";
  return lastLines(stripVTControlCharacters(readFileSync(join(root, entry.logFile), "utf8")));
}

const lastLines = (text) => text.trimEnd().split("\n").slice(-LINES).join("\n");
