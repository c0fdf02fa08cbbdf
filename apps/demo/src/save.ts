import { constants } from "node:fs";
import { access, mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { fileProblem, WriteError } from "./errors.ts";

/**
 * Makes the folder of `path` and finds out, before any work is done, whether a file can be written there.
 * @throws WriteError
 */
export async function prepareToSave(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await access(dirname(path), constants.W_OK);
    const existing = await stat(path).catch(() => undefined);
    if (existing?.isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
  } catch (error) {
    throw new WriteError(path, fileProblem(error));
  }
}

/**
 * Writes a whole file: into a new one beside it first, which then takes its name. So there is always the old file or
 * the new one, never a part.
 * @throws WriteError
 */
export async function save(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFileAtomic(path, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (error) {
    throw new WriteError(path, fileProblem(error));
  }
}

/** `path`, or if something is there already, the first of `path-2`, `path-3`, … that is free: nothing is overwritten unasked. */
export async function freeName(folderAndName: string, ending: string): Promise<string> {
  for (let number = 1; ; number++) {
    const path = `${folderAndName}${number === 1 ? "" : `-${number}`}${ending}`;
    const taken = await access(path).then(
      () => true,
      () => false,
    );
    if (!taken) return path;
  }
}
