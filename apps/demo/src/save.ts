import { constants } from "node:fs";
import * as fs from "node:fs/promises";
import { dirname } from "node:path";
import { fileProblem, WriteError } from "@unroll/terminal";
import { type Kind, kindOf, START } from "./interchange/kinds.ts";

export { save } from "@unroll/terminal";

/**
 * Makes the folder of `path` and finds out, before any work is done, whether a file can be written there. There may be
 * another one of that kind, but none of another kind; where data go, any.
 * @throws WriteError
 */
export async function prepareToSave(path: string, kind: Kind | "data" = "safetensors"): Promise<void> {
  try {
    await fs.mkdir(dirname(path), { recursive: true });
    await fs.access(dirname(path), constants.W_OK);
    const existing = await fs.stat(path).catch(() => undefined);
    if (existing?.isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
    if (existing && !existing.isFile()) throw new Error("it is no regular file");
    const size = kind === "data" ? 0 : (existing?.size ?? 0);
    if (size > 0 && (await kindAt(path, size)) !== kind)
      throw new Error("there is a file of another kind, which would be lost");
  } catch (error) {
    throw new WriteError(path, fileProblem(error));
  }
}

async function kindAt(path: string, size: number): Promise<Kind | undefined> {
  const file = await fs.open(path);
  try {
    const start = Buffer.alloc(START);
    await file.read(start, 0, START, 0);
    return kindOf(start, size);
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
