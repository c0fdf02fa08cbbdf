import { integer } from "@unroll/terminal";
import { type Command, InvalidArgumentError, Option } from "commander";

export { integer, number, path } from "@unroll/terminal";

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

/** `20,40` or `20`, which stands for `20,20`: k1 and k2 of truncated back-propagation. */
export function truncation(text: string): { k1: number; k2: number } {
  const [k1, k2 = k1] = text.split(",", 2).map((part) => (/^\d+$/.test(part) ? Number(part) : Number.NaN));
  if (Number.isSafeInteger(k1) && Number.isSafeInteger(k2) && k1 >= 1 && k2 >= 1 && !/,.*,/.test(text))
    return { k1, k2 };
  throw new InvalidArgumentError("Expected one or two integers at least 1, as in 20,40.");
}
