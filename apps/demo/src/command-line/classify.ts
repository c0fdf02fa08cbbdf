import { type Command, Option } from "commander";
import { addCommonOptions, type CommonOptions, integer, path } from "../options.ts";
import type { Surroundings } from "../terminal/streams.ts";
import { examples, NAME } from "./name.ts";

export interface ClassifyOptions extends CommonOptions {
  readonly file?: string;
  readonly explain?: boolean;
  readonly top: number;
}

/** `classify <model> [text...]`: what a trained network takes texts for. */
export function addClassify(parent: Command, surroundings: Surroundings): void {
  const command = parent
    .command("classify")
    .argument("<model>", "a file that train classify saved")
    .argument("[text...]", "what to label; - for the lines of the standard input")
    .description("label texts with a trained network")
    .addHelpText("before", examples(EXAMPLES))
    .addOption(new Option("--file <file>", "label the lines of a file").argParser(path))
    .addOption(new Option("--top <count>", "how many labels are shown").default(3).argParser(integer(1)))
    .option("--explain", "say which characters decided");
  addCommonOptions(command, 1).action(async (model: string, texts: string[], options: ClassifyOptions) => {
    const { classifyCommand } = await import("../commands/classify.ts");
    await classifyCommand(model, texts, options, surroundings);
  });
}

const EXAMPLES = [
  `${NAME} classify runs/names.safetensors Kowalski Rossi`,
  `${NAME} classify runs/names.safetensors --explain Nowakowska`,
  `${NAME} classify runs/names.safetensors --file guests.txt --json`,
];
