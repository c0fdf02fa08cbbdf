import * as fs from "node:fs/promises";
import { fileStore } from "@unroll/train";
import { fileProblem, WriteError } from "./errors.ts";

/**
 * Writes a whole file: there is always the old one or the new one, never a part.
 * @throws WriteError
 */
export async function save(path: string, content: Uint8Array | string): Promise<void> {
  try {
    await fileStore(fs, path).save(typeof content === "string" ? Buffer.from(content) : content);
  } catch (error) {
    throw new WriteError(path, fileProblem(error));
  }
}
