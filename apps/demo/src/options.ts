import { type Command, InvalidArgumentError, Option } from "commander";

/** How results are written. */
export interface OutputOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly color: boolean;
}

/** The options of every command in which something is random. */
export interface CommonOptions extends OutputOptions {
  readonly seed: number;
}

/** Adds the options that every command has in which something is random. The default seed differs. */
export function addCommonOptions(command: Command, seed: number): Command {
  command.addOption(
    new Option("--seed <integer>", "the same seed gives the same numbers")
      .default(seed)
      .argParser(integer(0, 2 ** 32 - 1)),
  );
  return addOutputOptions(command);
}

/** Adds the options that every command has. */
export function addOutputOptions(command: Command): Command {
  return command
    .option("--json", "write results for machines, one JSON object a line")
    .option("--quiet", "write nothing but the results")
    .option("--no-color", "write without colors");
}

/** An option's value as an integer from `least` to `most`. */
export function integer(least: number, most: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  const expected = most === Number.MAX_SAFE_INTEGER ? `at least ${least}` : `from ${least} to ${most}`;
  return (text) => {
    const value = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Expected an integer ${expected}.`);
  };
}

/** An option's value as a finite number at least, or above, `bound`, and at most `most`. */
export function number(
  relation: "at least" | "above",
  bound: number,
  most: number = Number.MAX_VALUE,
): (text: string) => number {
  const limit = most === Number.MAX_VALUE ? "" : ` and at most ${most}`;
  return (text) => {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (value <= most && (relation === "above" ? value > bound : value >= bound)) return value;
    throw new InvalidArgumentError(`Expected a number ${relation} ${bound}${limit}.`);
  };
}

/** An option's value as a number above 0 and up to 1. */
export function part(text: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (value > 0 && value <= 1) return value;
  throw new InvalidArgumentError("Expected a number above 0 and up to 1.");
}

/** `1,7,364`: counts, each larger than the one before. */
export function ascending(text: string): number[] {
  const counts = text.split(",").map((part) => (/^ *\d+ *$/.test(part) ? Number(part) : Number.NaN));
  if (counts.every((count, i) => count >= 1 && !(count <= counts[i - 1]!))) return counts;
  throw new InvalidArgumentError(
    "Expected integers at least 1, each larger than the one before, as in 1,7,364.",
  );
}

/** `a,b`: names, without spaces around them. */
export function names(text: string): string[] {
  const list = text.split(",").map((name) => name.trim());
  if (list.every((name) => name !== "") && new Set(list).size === list.length) return list;
  throw new InvalidArgumentError("Expected different names, as in a,b.");
}

/** An option's value as the name of a file. */
export function path(text: string): string {
  if (text !== "") return text;
  throw new InvalidArgumentError("Expected the name of a file.");
}

/** `20,40` or `20`, which stands for `20,20`: k1 and k2 of truncated back-propagation. */
export function truncation(text: string): { k1: number; k2: number } {
  const [k1, k2 = k1] = text.split(",", 2).map((part) => (/^\d+$/.test(part) ? Number(part) : Number.NaN));
  if (Number.isSafeInteger(k1) && Number.isSafeInteger(k2) && k1 >= 1 && k2 >= 1 && !/,.*,/.test(text))
    return { k1, k2 };
  throw new InvalidArgumentError("Expected one or two integers at least 1, as in 20,40.");
}
