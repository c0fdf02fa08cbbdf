import { type Command, Option } from "commander";
import { addOutputOptions, type OutputOptions, path } from "../options.ts";
import type { Surroundings } from "../terminal/streams.ts";
import { examples, NAME } from "./name.ts";

export interface EvalOptions extends OutputOptions {
  readonly data?: string;
}

/** `eval <model>`: how good a network is. */
export function addEval(parent: Command, surroundings: Surroundings): void {
  const command = parent
    .command("eval")
    .argument("<model>", "a file that train saved")
    .description("how good a network is on the test part of its data, or on other data")
    .addHelpText("before", examples(EXAMPLES))
    .addOption(
      new Option(
        "--data <data>",
        "other data, all of it; - for the standard input (default: its own)",
      ).argParser(path),
    );
  addOutputOptions(command).action(async (file: string, options: EvalOptions) => {
    const { evalCommand } = await import("../commands/eval.ts");
    await evalCommand(file, options, surroundings);
  });
}

const EXAMPLES = [
  `${NAME} eval runs/births.safetensors`,
  `${NAME} eval runs/moby-dick.safetensors --data another-book.txt`,
];
