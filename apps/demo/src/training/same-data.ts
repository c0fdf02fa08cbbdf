import { createHash } from "node:crypto";
import { DataError } from "../errors.ts";

export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** @throws DataError if the data is not what the run learned from */
export function checkSameData(name: string, noun: string, file: string, got: string, expected: string): void {
  if (got === expected) return;
  throw new DataError(
    name,
    `is not the ${noun} that ${file} was trained on`,
    { got, expected },
    "Name the right one with --data.",
  );
}
