import { constants } from "node:fs";
import * as fs from "node:fs/promises";
import { dirname } from "node:path";
import { fileProblem, WriteError } from "@unroll/terminal";

export { save } from "@unroll/terminal";

/**
 * Makes the folder of `path` and finds out, before any work is done, whether a file can be written there. Where a model
 * goes there may be another model, but no file of another kind.
 * @throws WriteError
 */
export async function prepareToSave(path: string, kind: "model" | "data" = "model"): Promise<void> {
  try {
    await fs.mkdir(dirname(path), { recursive: true });
    await fs.access(dirname(path), constants.W_OK);
    const existing = await fs.stat(path).catch(() => undefined);
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
  const file = await fs.open(path);
  try {
    const start = Buffer.alloc(9);
    await file.read(start, 0, 9, 0);
    return start.readBigUInt64LE(0) <= BigInt(size - 8) && start[8] === 0x7b;
  } finally {
    await file.close();
  }
}

/** `path`, or if something is there already, the first of `path-2`, `path-3`, … that is free: nothing is overwritten unasked. */
export async function freeName(folderAndName: string, ending: string): Promise<string> {
  for (let number = 1; ; number++) {
    const path = `${folderAndName}${number === 1 ? "" : `-${number}`}${ending}`;
    const taken = await fs.access(path).then(
      () => true,
      () => false,
    );
    if (!taken) return path;
  }
}
