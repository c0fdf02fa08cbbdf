import { type Command, Option } from "commander";
import { addOutputOptions, integer, names, type OutputOptions, path } from "../options.ts";
import type { Surroundings } from "../terminal/streams.ts";
import { examples, NAME } from "./name.ts";

export interface ForecastOptions extends OutputOptions {
  readonly data?: string;
  readonly horizon?: number;
  readonly columns?: readonly string[];
  readonly plot?: boolean;
  readonly csv?: string;
  readonly ascii?: boolean;
}

/** `forecast <model>`: what comes after the end of a series. */
export function addForecast(parent: Command, surroundings: Surroundings): void {
  const command = parent
    .command("forecast")
    .argument("<model>", "a file that train series saved")
    .description("say what comes after the end of a series")
    .addHelpText("before", examples(EXAMPLES))
    .addOption(
      new Option("--horizon <rows>", "how far (default: as far as it was tested)").argParser(
        integer(1, 10_000),
      ),
    )
    .addOption(
      new Option(
        "--data <series>",
        "series with the same columns; - for the standard input (default: its own)",
      ).argParser(path),
    )
    .addOption(new Option("--columns <names>", "show these columns only").argParser(names))
    .option("--plot", "draw it")
    .addOption(new Option("--csv <file>", "write it as CSV; - for the standard output").argParser(path));
  addOutputOptions(command)
    .option("--ascii", "draw with ASCII characters only")
    .action(async (file: string, options: ForecastOptions) => {
      const { forecastCommand } = await import("../commands/forecast.ts");
      await forecastCommand(file, options, surroundings);
    });
}

const EXAMPLES = [
  `${NAME} forecast runs/births.safetensors --plot`,
  `${NAME} forecast runs/births.safetensors --horizon 365 --csv next-year.csv`,
  `${NAME} forecast runs/weather.safetensors --columns wind --json`,
];
