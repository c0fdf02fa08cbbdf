import { type Command, Option } from "commander";
import { addCommonOptions, type CommonOptions, integer, number, path, truncation } from "../options.ts";
import type { Surroundings } from "../terminal/streams.ts";
import { BUILT_IN } from "../text/built-in.ts";
import { PRESET, type Settings } from "../training/settings.ts";
import { examples, NAME } from "./name.ts";

/** What the command line says, with the defaults of the main job. */
export interface TrainTextOptions extends CommonOptions, Omit<Settings, "seed"> {
  readonly data?: string;
  readonly fold?: boolean;
  readonly epochs?: number;
  readonly out?: string;
  readonly resume?: string;
  readonly ascii?: boolean;
  /** The flags of settings that were typed. A run that goes on keeps its own. */
  readonly typed: readonly string[];
}

/** `train text`: the main job. */
export function addTrainText(parent: Command, surroundings: Surroundings): void {
  const command = parent.command("text");
  const settings: Option[] = [
    count("--hidden <units>", "units of each layer", PRESET.hidden),
    count("--layers <count>", "layers of cells", PRESET.layers),
    count("--seq-len <characters>", "length of a window of text", PRESET.seqLen),
    count("--batch <streams>", "streams of text side by side", PRESET.batch),
    count("--updates <count>", "steps of the optimizer", PRESET.updates),
    count("--epochs <count>", "times through the text, instead of --updates").conflicts("updates"),
    positive("--lr <rate>", "learning rate of Adam at the start; it falls to 0", PRESET.lr),
    positive("--clip <norm>", "largest norm of a gradient", PRESET.clip),
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
  command
    .addOption(
      new Option("--out <file>", "where to save the model (default: runs/<text>.safetensors)").argParser(
        path,
      ),
    )
    .addOption(new Option("--resume <file>", "go on with an interrupted run").argParser(path));
  addCommonOptions(command, 1).option("--ascii", "draw with ASCII characters only");

  command.action(async (options: Omit<TrainTextOptions, "typed">) => {
    const fixed = ["--fold", "--seed", ...settings.map(({ long }) => long)];
    const typed = command.options
      .filter((option) => command.getOptionValueSource(option.attributeName()) === "cli")
      .map(({ long }) => long!)
      .filter((long) => fixed.includes(long));
    const { trainTextCommand } = await import("../commands/train-text.ts");
    await trainTextCommand({ ...options, typed }, surroundings);
  });
}

function count(flags: string, description: string, value?: number): Option {
  return new Option(flags, description).default(value).argParser(integer(1));
}

function positive(flags: string, description: string, value: number): Option {
  return new Option(flags, description).default(value).argParser(number("above", 0));
}

const EXAMPLES = [
  NAME,
  `${NAME} train text --data my-book.txt --out my-book.safetensors`,
  `${NAME} train text --hidden 256 --updates 20000 --seed 7`,
  `${NAME} train text --resume runs/moby-dick.safetensors`,
];
