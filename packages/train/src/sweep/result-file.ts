import { FormatError, StateError } from "@unroll/kernels";
import { fileStore } from "../stores/file-store.ts";
import type { Store } from "../stores/store.ts";
import { nodeFiles } from "../workers/node.ts";
import type { CheckedRun } from "./run.ts";
import type { Outcome } from "./run-in-thread.ts";

/** @throws StateError outside Node */
export async function makeFolder(folder: string): Promise<void> {
  await files().mkdir(folder, { recursive: true });
}

/** Writes what came of a run into its file, `<name>.json`, whole or not at all. */
export async function writeOutcome(folder: string, run: CheckedRun, outcome: Outcome): Promise<void> {
  const { name, settings } = run;
  const last =
    "result" in outcome ? `"result":${outcome.result}` : `"failed":${JSON.stringify(outcome.failed)}`;
  const text = `{"name":${JSON.stringify(name)},"settings":${settings},${last}}\n`;
  await storeOf(pathOf(folder, name)).save(new TextEncoder().encode(text));
}

/**
 * What came of a run, or undefined if it has no file.
 * @throws FormatError for a file that no sweep wrote, StateError for one of other settings; both name the path
 */
export async function readOutcome(
  where: string,
  folder: string,
  run: CheckedRun,
): Promise<Outcome | undefined> {
  const path = pathOf(folder, run.name);
  const bytes = await storeOf(path).load();
  if (!bytes) return undefined;
  const file = parsed(new TextDecoder().decode(bytes));
  const hasResult = file?.result !== undefined;
  if (
    file?.name !== run.name ||
    file.settings === undefined ||
    hasResult === (typeof file.failed === "string")
  )
    throw new FormatError(where, `${path} is not the result of the run ${run.name}`, 0, { path });
  const settings = JSON.stringify(file.settings);
  if (settings !== run.settings)
    throw new StateError(where, `${path} is of other settings: ${settings}, expected ${run.settings}`);
  return hasResult ? { result: JSON.stringify(file.result) } : { failed: file.failed as string };
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}

function pathOf(folder: string, name: string): string {
  return `${folder}/${name}.json`;
}

function storeOf(path: string): Store {
  return fileStore(files(), path);
}

function files(): NonNullable<ReturnType<typeof nodeFiles>> {
  const files = nodeFiles();
  if (!files) throw new StateError("sweep", "there are no files here: sweeps need Node");
  return files;
}
