import { type Command, Option } from "commander";
import { BUILT_IN } from "../classify/built-in.ts";
import { LENGTH, PRESET, type Preset } from "../classify/settings.ts";
import { addCommonOptions, type CommonOptions, integer, number, path } from "../options.ts";
import type { Surroundings } from "../terminal/streams.ts";
import { examples, NAME } from "./name.ts";
import { addFileOptions, type TrainingFiles, trainingOptions, typedOf } from "./training-options.ts";

/** What the command line says, with the defaults of the task. */
export interface TrainClassifyOptions
  extends CommonOptions,
    Omit<Preset, "fold" | "keepCase">,
    TrainingFiles {
  readonly data?: string;
  readonly fold?: boolean;
  readonly keepCase?: boolean;
  readonly withValidation?: boolean;
  readonly updates?: number;
  readonly epochs?: number;
}

/** `train classify`. */
export function addTrainClassify(parent: Command, surroundings: Surroundings): void {
  const command = parent.command("classify");
  const settings: Option[] = [
    ...trainingOptions(PRESET, {
      step: "characters",
      window: "characters of a text that are read at the most",
      sequences: "texts",
      data: "lines",
    }),
    new Option(
      "--summary <units>",
      "units of the layer on top, which adds up what the others say; 0 for none",
    )
      .default(PRESET.summary)
      .argParser(integer(0)),
    part("--weight-decay <rate>", "how much all parameters shrink in a step, times --lr", PRESET.weightDecay),
    part("--drop <part>", "how likely a character is hidden while the network learns", PRESET.drop, 1),
    part("--smoothing <part>", "share of the target that all labels have in common", PRESET.smoothing, 0.999),
    part("--earlier <weight>", "what guesses before the end of a text count", PRESET.earlier),
    part("--balance <power>", "0: lines count alike, 1: labels count alike", PRESET.balance),
    new Option("--keep-case", "tell capitals from small letters"),
    new Option("--fold", "drop accents"),
    new Option("--with-validation", "learn from the validation lines, too, and keep the last parameters"),
  ];
  command
    .description("train an Elman network to label lines of text")
    .addHelpText("before", examples(EXAMPLES))
    .addOption(
      new Option(
        "--data <lines>",
        `a file of lines "label<TAB>text" or of comma-separated values, - for the standard input, or ${BUILT_IN} (default: ${BUILT_IN})`,
      ).argParser(path),
    );
  for (const option of settings) command.addOption(option);
  addFileOptions(command, "runs/<lines>.safetensors");
  addCommonOptions(command, 1)
    .option("--ascii", "draw with ASCII characters only")
    .addHelpText(
      "after",
      `\nWithout --updates and --epochs: ${LENGTH.epochs} epochs, but at least ${LENGTH.leastUpdates} updates.`,
    );

  command.action(async (options: Omit<TrainClassifyOptions, "typed">) => {
    const typed = typedOf(command, ["--seed", ...settings.map(({ long }) => long)]);
    const { trainClassifyCommand } = await import("../commands/train-classify.ts");
    await trainClassifyCommand({ ...options, typed }, surroundings);
  });
}

function part(flags: string, description: string, value: number | undefined, most?: number): Option {
  return new Option(flags, description).default(value).argParser(number("at least", 0, most));
}

const EXAMPLES = [
  `${NAME} train classify`,
  `${NAME} train classify --seeds 5 --with-validation`,
  `${NAME} train classify --data mails.tsv --out mails.safetensors`,
  `${NAME} train classify --resume runs/names.safetensors`,
];
