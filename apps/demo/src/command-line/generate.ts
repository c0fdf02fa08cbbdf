import { type Command, Option } from "commander";
import { addCommonOptions, type CommonOptions, integer, number } from "../options.ts";
import type { Surroundings } from "../terminal/streams.ts";
import { examples, NAME } from "./name.ts";

export interface GenerateOptions extends CommonOptions {
  readonly prompt?: string;
  readonly length: number;
  readonly temperature: number;
  readonly topK: number;
}

/** `generate <model>`: let a trained network write. */
export function addGenerate(parent: Command, surroundings: Surroundings): void {
  const command = parent
    .command("generate")
    .argument("<model>", "a file that train text saved")
    .description("let a trained network write")
    .addHelpText("before", examples(EXAMPLES))
    .option("--prompt <text>", 'what it reads first (default: "The " if it knows these characters)')
    .addOption(
      new Option("--length <characters>", "how much it writes").default(300).argParser(integer(0, 1_000_000)),
    )
    .addOption(
      new Option("--temperature <number>", "below 1 surer, above 1 bolder, 0 always the likeliest")
        .default(0.8)
        .argParser(number("at least", 0)),
    )
    .addOption(
      new Option("--top-k <count>", "choose among the so many likeliest; 0 for all")
        .default(0)
        .argParser(integer(0)),
    );
  addCommonOptions(command, 1).action(async (file: string, options: GenerateOptions) => {
    const { generateCommand } = await import("../commands/generate.ts");
    await generateCommand(file, options, surroundings);
  });
}

const EXAMPLES = [
  `${NAME} generate runs/moby-dick.safetensors`,
  `${NAME} generate runs/moby-dick.safetensors --prompt "Call me " --temperature 0.5`,
];
