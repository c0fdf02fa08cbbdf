import { DataError } from "../errors.ts";

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
