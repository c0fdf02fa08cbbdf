import { constants } from "node:fs";
import { access, mkdir, open, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { fileProblem, WriteError } from "./errors.ts";

/**
 * Makes the folder of `path` and finds out, before any work is done, whether a file can be written there. Where a model
 * goes there may be another model, but no file of another kind.
 * @throws WriteError
 */
export async function prepareToSave(path: string, kind: "model" | "data" = "model"): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await access(dirname(path), constants.W_OK);
    const existing = await stat(path).catch(() => undefined);
    if (existing?.isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
    if (existing && !existing.isFile()) throw new Error("it is no regular file");
    if (kind === "model" && existing && existing.size > 0 && !(await isSafetensors(path, existing.size)))
      throw new Error("there is a file of another kind, which would be lost");
  } catch (error) {
    throw new WriteError(path, fileProblem(error));
  }
}

/** Whether a file begins like one of ours: the length of a header that fits in, then "{". */
async function isSafetensors(path: string, size: number): Promise<boolean> {
  const file = await open(path);
  try {
    const start = Buffer.alloc(9);
    await file.read(start, 0, 9, 0);
    return start.readBigUInt64LE(0) <= BigInt(size - 8) && start[8] === 0x7b;
  } finally {
    await file.close();
  }
}

/**
 * Writes a whole file: into a new one beside it first, which then takes its name. So there is always the old file or
 * the new one, never a part.
 * @throws WriteError
 */
export async function save(path: string, bytes: Uint8Array): Promise<void> {
  try {
    // The bytes are written here, until all are: the library asks the system once and takes a part for the whole.
    await writeFileAtomic(path, "", { tmpfileCreated: (beside) => writeFile(beside, bytes) });
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
