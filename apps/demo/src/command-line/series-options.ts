import { type Command, Option } from "commander";
import { names } from "../options.ts";
import type { Reading } from "../series/series-data.ts";

/** How a CSV file is read, as the command line says. */
export interface ReadingOptions {
  readonly columns?: readonly string[];
  readonly time?: readonly string[];
  readonly by?: string;
  readonly fill?: boolean;
}

/** Adds the options that say which columns of a CSV file are what. */
export function addReadingOptions(command: Command): Option[] {
  const options = [
    new Option("--columns <names>", "the columns to forecast (default: those of numbers)").argParser(names),
    new Option(
      "--time <name>",
      "the column of dates, or three of year, month and day (default: the first that holds dates)",
    ).argParser(names),
    new Option("--by <name>", "the column that tells several series apart, as places"),
    new Option("--fill", "take a missing value to be the one before it"),
  ];
  for (const option of options) command.addOption(option);
  return options;
}

export function readingOf({ columns, time, by, fill }: ReadingOptions): Partial<Reading> {
  const [year, month, day] = time ?? [];
  const times = month !== undefined && day !== undefined ? ([year!, month, day] as const) : year;
  return {
    ...(columns && { columns }),
    ...(times && { time: times }),
    ...(by && { by }),
    ...(fill && { fill }),
  };
}
