import { integer } from "@unroll/terminal";
import { type Command, InvalidArgumentError, Option } from "commander";

export { integer, number, path } from "@unroll/terminal";

/** The options that every command has. */
export interface CommonOptions {
  readonly seed: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly color: boolean;
}

/** Adds the options that every command has. The default seed differs. */
export function addCommonOptions(command: Command, seed: number): Command {
  return command
    .addOption(
      new Option("--seed <integer>", "the same seed gives the same numbers")
        .default(seed)
        .argParser(integer(0, 2 ** 32 - 1)),
    )
    .option("--json", "write results for machines, one JSON object a line")
    .option("--quiet", "write nothing but the results")
    .option("--no-color", "write without colors");
}

/** `20,40` or `20`, which stands for `20,20`: k1 and k2 of truncated back-propagation. */
export function truncation(text: string): { k1: number; k2: number } {
  const [k1, k2 = k1] = text.split(",", 2).map((part) => (/^\d+$/.test(part) ? Number(part) : Number.NaN));
  if (Number.isSafeInteger(k1) && Number.isSafeInteger(k2) && k1 >= 1 && k2 >= 1 && !/,.*,/.test(text))
    return { k1, k2 };
  throw new InvalidArgumentError("Expected one or two integers at least 1, as in 20,40.");
}
