import { type Command, Option } from "commander";
import type { FormatName } from "../interchange/formats.ts";
import { addCommonOptions, type CommonOptions, path } from "../options.ts";
import type { Surroundings } from "../terminal/streams.ts";
import { examples, NAME } from "./name.ts";

export interface ExportOptions extends CommonOptions {
  readonly to?: FormatName;
  readonly out?: string;
}

/** `export <model>`: a trained network for other programs. */
export function addExport(parent: Command, surroundings: Surroundings): void {
  const command = parent
    .command("export")
    .argument("<model>", "a file that train saved")
    .description("write a trained network for other programs")
    .addHelpText("before", examples(EXAMPLES))
    .addOption(
      new Option("--to <format>", "unless the name of the file tells it").choices([
        "onnx",
        "pytorch",
        "keras",
        "module",
      ] satisfies FormatName[]),
    )
    .addOption(new Option("--out <file>", "where to save it (default: beside the model)").argParser(path));
  addCommonOptions(command, 1).action(async (file: string, options: ExportOptions) => {
    const { exportCommand } = await import("../commands/export.ts");
    await exportCommand(file, options, surroundings);
  });
}

const EXAMPLES = [
  `${NAME} export runs/moby-dick.safetensors --to onnx`,
  `${NAME} export runs/moby-dick.safetensors --to pytorch`,
  `${NAME} export runs/moby-dick.safetensors --out moby-dick.mjs`,
];
