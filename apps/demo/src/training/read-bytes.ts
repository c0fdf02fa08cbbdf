import { readFile } from "node:fs/promises";
import { DataError, fileProblem } from "../errors.ts";

/** The bytes of a model file. @throws DataError if it cannot be read */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new DataError(path, `cannot be read: ${fileProblem(error)}`, { expected: "a model file" });
  }
}
