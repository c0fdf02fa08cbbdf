import type { Command } from "commander";
import { addCommonOptions, type CommonOptions } from "../options.ts";
import type { Surroundings } from "../terminal/streams.ts";
import { examples, NAME } from "./name.ts";

export type InspectOptions = CommonOptions;

/** `inspect <file>`: what a file holds. */
export function addInspect(parent: Command, surroundings: Surroundings): void {
  const command = parent
    .command("inspect")
    .argument("<file>", "a model or run, safetensors, .npy, .npz or ONNX")
    .description("say what a file holds: network, texts, arrays with their sizes and ranges")
    .addHelpText("before", examples(EXAMPLES));
  addCommonOptions(command, 1).action(async (file: string, options: InspectOptions) => {
    const { inspectCommand } = await import("../commands/inspect.ts");
    await inspectCommand(file, options, surroundings);
  });
}

const EXAMPLES = [`${NAME} inspect runs/moby-dick.safetensors`, `${NAME} inspect model.onnx --json`];
