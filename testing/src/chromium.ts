import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * The path of a Chromium: what the variable UNROLL_CHROMIUM says, else the first of its usual names in a folder of PATH;
 * undefined if there is none.
 * @throws Error if UNROLL_CHROMIUM names no program
 */
export function findChromium(
  env: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  const given = env.UNROLL_CHROMIUM;
  if (given) {
    if (!runs(given)) throw new Error(`UNROLL_CHROMIUM is ${given}, expected the path of a program`);
    return given;
  }
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(runs);
}

/** True where a missing Chromium is an error: UNROLL_BROWSER_TESTS=required. */
export function browserIsRequired(env: Readonly<Record<string, string | undefined>> = process.env): boolean {
  return env.UNROLL_BROWSER_TESTS === "required";
}

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
