import type { Command } from "commander";
import { addOutputOptions, type OutputOptions } from "../options.ts";
import type { Surroundings } from "../terminal/streams.ts";
import { examples, NAME } from "./name.ts";

/** `compare <model> <model>…`: runs beside each other. */
export function addCompare(parent: Command, surroundings: Surroundings): void {
  const command = parent
    .command("compare")
    .argument("<models...>", "files that train saved")
    .description("runs beside each other: their settings where they differ, and their figures")
    .addHelpText("before", examples(EXAMPLES));
  addOutputOptions(command).action(async (files: string[], options: OutputOptions) => {
    const { compareCommand } = await import("../commands/compare.ts");
    await compareCommand(files, options, surroundings);
  });
}

const EXAMPLES = [`${NAME} compare runs/births.safetensors runs/births-2.safetensors`];
