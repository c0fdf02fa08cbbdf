import { type Command, Option } from "commander";
import { addCommonOptions, type CommonOptions, path, truncation } from "../options.ts";
import type { Surroundings } from "../terminal/streams.ts";
import { BUILT_IN } from "../text/built-in.ts";
import { BEST, PRESET, type Settings } from "../text/settings.ts";
import { examples, NAME } from "./name.ts";
import { addFileOptions, type TrainingFiles, trainingOptions, typedOf } from "./training-options.ts";

/** What the command line says, with the defaults of the main job. */
export interface TrainTextOptions extends CommonOptions, Omit<Settings, "seed">, TrainingFiles {
  readonly data?: string;
  readonly fold?: boolean;
  readonly epochs?: number;
}

/** `train text`: the main job. */
export function addTrainText(parent: Command, surroundings: Surroundings): void {
  const command = parent.command("text");
  const settings: Option[] = [
    new Option("--preset <name>", "settings of the best network that half an hour makes, but for those given")
      .choices(["best"])
      .implies(BEST),
    ...trainingOptions(PRESET, {
      step: "characters",
      window: "length of a window of text",
      sequences: "streams",
      data: "text",
    }),
    new Option(
      "--truncate <k1,k2>",
      "every k1 characters, let their losses reach back k2 characters; one number stands for both",
    ).argParser(truncation),
  ];
  command
    .description("train an Elman network to write the next character of a text")
    .addHelpText("before", examples(EXAMPLES))
    .addOption(
      new Option(
        "--data <text>",
        `a file in UTF-8, - for the standard input, or ${BUILT_IN} (default: ${BUILT_IN})`,
      ).argParser(path),
    )
    .option(
      "--fold",
      "fold curly quotes, dashes and accents of the text to ASCII, as is done with Moby Dick",
    );
  for (const option of settings) command.addOption(option);
  addFileOptions(command, "runs/<text>.safetensors");
  addCommonOptions(command, 1).option("--ascii", "draw with ASCII characters only");

  command.action(async (options: Omit<TrainTextOptions, "typed">) => {
    const typed = typedOf(command, ["--fold", "--seed", ...settings.map(({ long }) => long)]);
    const { trainTextCommand } = await import("../commands/train-text.ts");
    await trainTextCommand({ ...options, typed }, surroundings);
  });
}

const EXAMPLES = [
  NAME,
  `${NAME} train text --data my-book.txt --out my-book.safetensors`,
  `${NAME} train text --hidden 256 --updates 20000 --seed 7`,
  `${NAME} train text --preset best --out best.safetensors`,
  `${NAME} train text --resume runs/moby-dick.safetensors`,
];
