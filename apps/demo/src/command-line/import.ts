import { type Command, Option } from "commander";
import { addCommonOptions, type CommonOptions, path } from "../options.ts";
import type { Surroundings } from "../terminal/streams.ts";
import { examples, NAME } from "./name.ts";

export interface ImportOptions extends CommonOptions {
  readonly out?: string;
  readonly like?: string;
  readonly activation?: string;
  readonly readoutActivation?: string;
}

/** `import <file>`: a network of another program. */
export function addImport(parent: Command, surroundings: Surroundings): void {
  const command = parent
    .command("import")
    .argument("<file>", "ONNX, safetensors of PyTorch, or .npz of Keras' get_weights()")
    .description("take in a network that another program trained")
    .addHelpText("before", examples(EXAMPLES))
    .addOption(
      new Option("--out <file>", "where to save the model (default: runs/<file>.safetensors)").argParser(
        path,
      ),
    )
    .addOption(
      new Option(
        "--like <model>",
        "take from this model what the file does not hold: vocabulary, activations",
      ).argParser(path),
    )
    .option("--activation <name>", "of the recurrent layers, which weights don't say (default: tanh)")
    .option("--readout-activation <name>", "of the outputs (default: identity)");
  addCommonOptions(command, 1).action(async (file: string, options: ImportOptions) => {
    const { importCommand } = await import("../commands/import.ts");
    await importCommand(file, options, surroundings);
  });
}

const EXAMPLES = [
  `${NAME} import model.onnx`,
  `${NAME} import model.safetensors --activation relu`,
  `${NAME} import moby-dick.npz --like runs/moby-dick.safetensors`,
];
