import { type Command, Option } from "commander";
import { integer, number, path } from "../options.ts";
import type { TrainingSettings } from "../training/settings.ts";

/** What every `train` command takes besides its data and its settings. */
export interface TrainingFiles {
  readonly out?: string;
  readonly resume?: string;
  readonly ascii?: boolean;
  /** The flags of settings that were typed. A run that goes on keeps its own. */
  readonly typed: readonly string[];
}

/** The settings that every network is trained with. Without a preset the defaults depend on the data. */
export function trainingOptions(
  preset: Partial<Omit<TrainingSettings, "seed">>,
  words: {
    readonly step: string;
    readonly window: string;
    readonly sequences: string;
    readonly data: string;
  },
): Option[] {
  return [
    count("--hidden <units>", "units of each layer", preset.hidden),
    count("--layers <count>", "layers of cells", preset.layers),
    count(`--seq-len <${words.step}>`, words.window, preset.seqLen),
    count(`--batch <${words.sequences}>`, `${words.sequences} side by side`, preset.batch),
    count("--updates <count>", "steps of the optimizer", preset.updates),
    count("--epochs <count>", `times through the ${words.data}, instead of --updates`).conflicts("updates"),
    positive("--lr <rate>", "learning rate of Adam at the start; it falls to 0", preset.lr),
    positive("--clip <norm>", "largest norm of a gradient", preset.clip),
    new Option("--seeds <count>", "train so many networks, with the seeds --seed, --seed + 1, …")
      .default(preset.seeds)
      .argParser(integer(1, 1000)),
  ];
}

function count(flags: string, description: string, value?: number): Option {
  return new Option(flags, description).default(value).argParser(integer(1));
}

function positive(flags: string, description: string, value?: number): Option {
  return new Option(flags, description).default(value).argParser(number("above", 0));
}

/** Adds where to save, and where to go on. */
export function addFileOptions(command: Command, out: string): void {
  command
    .addOption(new Option("--out <file>", `where to save the model (default: ${out})`).argParser(path))
    .addOption(new Option("--resume <file>", "go on with an interrupted run").argParser(path));
}

/** Those of `flags` that were typed. */
export function typedOf(command: Command, flags: readonly (string | undefined)[]): string[] {
  return command.options
    .filter((option) => command.getOptionValueSource(option.attributeName()) === "cli")
    .map(({ long }) => long!)
    .filter((long) => flags.includes(long));
}
