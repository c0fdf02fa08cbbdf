import { type Command, Option } from "commander";
import { addOutputOptions, type OutputOptions, path } from "../options.ts";
import type { Surroundings } from "../terminal/streams.ts";
import { examples, NAME } from "./name.ts";
import { addReadingOptions, type ReadingOptions } from "./series-options.ts";

export interface ShowOptions extends OutputOptions, ReadingOptions {
  readonly task?: string;
}

export interface ImportOptions extends ShowOptions {
  readonly name?: string;
}

/** `data list`, `data show <data>`, `data import <file>`. */
export function addData(parent: Command, surroundings: Surroundings): void {
  const data = parent
    .command("data")
    .description("the data sets that there are, and your own")
    .helpCommand(false)
    .addHelpText("before", examples(EXAMPLES));

  const list = data
    .command("list")
    .description("the data sets that come with the demo, and the imported ones");
  addOutputOptions(list).action(async (options: OutputOptions) => {
    const { listCommand } = await import("../commands/data.ts");
    await listCommand(options, surroundings);
  });

  const show = data
    .command("show")
    .argument("<data>", "the name of a data set, a file, or - for the standard input")
    .description("what is in a data set, read as train would read it");
  addKindOptions(show).action(async (given: string, options: ShowOptions) => {
    const { showCommand } = await import("../commands/data.ts");
    await showCommand(given, options, surroundings);
  });

  const bring = data
    .command("import")
    .argument("<file>", "a CSV file or a text, or - for the standard input")
    .description("check a file and keep a copy in data/, which --data finds by its name")
    .addOption(new Option("--name <name>", "how it will be called (default: as the file)").argParser(path));
  addKindOptions(bring).action(async (given: string, options: ImportOptions) => {
    const { importCommand } = await import("../commands/data.ts");
    await importCommand(given, options, surroundings);
  });
}

function addKindOptions(command: Command): Command {
  command.option("--task <name>", "what it is for, if name and ending do not say it: text, series, classify");
  addReadingOptions(command);
  return addOutputOptions(command);
}

const EXAMPLES = [
  `${NAME} data list`,
  `${NAME} data show births`,
  `${NAME} data show sales.csv --columns sold`,
  `${NAME} data import sales.csv --name sales`,
];
