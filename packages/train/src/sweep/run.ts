import { ValueError } from "@unroll/kernels";
import { jsonOf } from "./json.ts";

/** One training of a sweep. */
export interface Run {
  /** Its file is called so: letters, digits, `.`, `_` and `-`. No other run has the name, in capitals or not. */
  readonly name: string;
  /** What the function gets: anything that JSON keeps. */
  readonly settings: unknown;
}

/** What the function returned for a run: what JSON keeps, as it stands in the file. */
export interface RunResult extends Run {
  readonly result: unknown;
}

/** A run with its settings as JSON text. */
export interface CheckedRun {
  readonly name: string;
  readonly settings: string;
}

/** @throws ValueError for a name that can't be that of a file, for one that two runs have, for settings that JSON loses */
export function checkRuns(where: string, runs: readonly Run[]): CheckedRun[] {
  const places = new Map<string, number>();
  return runs.map(({ name, settings }, i) => {
    const what = `runs[${i}].name`;
    if (typeof name !== "string" || !/^\w[\w.-]{0,199}$/.test(name))
      throw new ValueError(where, what, name, "1 to 200 letters, digits, ., _ and -, no . or - first");
    // Some file systems don't tell capitals.
    const key = name.toLowerCase();
    const other = places.get(key);
    if (other !== undefined)
      throw new ValueError(where, what, name, `another name than that of runs[${other}]`);
    places.set(key, i);
    return { name, settings: jsonOf(where, `runs[${i}].settings`, settings) };
  });
}
