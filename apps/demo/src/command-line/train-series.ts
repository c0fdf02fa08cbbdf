import { type Command, Option } from "commander";
import { addCommonOptions, ascending, type CommonOptions, integer, number, path } from "../options.ts";
import { BUILT_IN } from "../series/built-in.ts";
import { BASES, LOSSES, type Settings } from "../series/settings.ts";
import type { Surroundings } from "../terminal/streams.ts";
import { examples, NAME } from "./name.ts";
import { addReadingOptions, type ReadingOptions } from "./series-options.ts";
import { addFileOptions, type TrainingFiles, trainingOptions, typedOf } from "./training-options.ts";

/** What the command line says. What it leaves open depends on the data. */
export interface TrainSeriesOptions
  extends CommonOptions,
    Partial<Omit<Settings, "seed">>,
    ReadingOptions,
    TrainingFiles {
  readonly data?: string;
  readonly epochs?: number;
}

/** `train series`. */
export function addTrainSeries(parent: Command, surroundings: Surroundings): void {
  const command = parent.command("series");
  const settings: Option[] = [
    ...trainingOptions(
      {},
      { step: "rows", window: "length of a window of rows", sequences: "windows", data: "windows" },
    ),
    new Option("--stride <rows>", "rows between the beginnings of windows").argParser(integer(1)),
    new Option("--loss <name>", "huber, mae or mse").choices(LOSSES),
    new Option("--delta <deviations>", "where Huber's loss turns linear, in standard deviations").argParser(
      number("above", 0),
    ),
    new Option(
      "--base <name>",
      "what the network corrects: zero, the last row, the row a season ago, or least squares",
    ).choices(BASES),
    new Option("--lags <rows>", "rows that the network sees besides its memory, as 1,7,364").argParser(
      ascending,
    ),
    new Option("--seasons <rows>", "rows of the seasons, for simple rules and the base season").argParser(
      ascending,
    ),
    new Option("--reference <rows>", "lags of the least squares that the network is compared with").argParser(
      ascending,
    ),
    new Option(
      "--share <part>",
      "the network's share in the forecast, the rest being least squares",
    ).argParser(number("above", 0, 1)),
    new Option("--weekday", "let the network know the day of the week"),
    new Option("--no-weekday", "do not let it know"),
    new Option("--yearly <harmonics>", "sines and cosines of the year that it knows").argParser(
      integer(0, 20),
    ),
    new Option("--daily <harmonics>", "sines and cosines of the day that it knows").argParser(integer(0, 20)),
    new Option(
      "--validation <rows>",
      "rows before the test part to validate on; below 1: a part of all",
    ).argParser(number("above", 0)),
    new Option("--test <rows>", "rows at the end to test on; below 1: a part of all").argParser(
      number("above", 0),
    ),
    new Option("--with-validation", "learn from the validation rows, too, and keep the last parameters"),
    new Option("--horizons <rows>", "how many rows ahead is tested, as 1,7,28").argParser(ascending),
  ];
  command
    .description("train an Elman network to forecast series of numbers")
    .addHelpText("before", examples(EXAMPLES))
    .addOption(
      new Option(
        "--data <series>",
        `a CSV file, - for the standard input, or ${Object.keys(BUILT_IN).join(", ")} (default: births)`,
      ).argParser(path),
    );
  const reading = addReadingOptions(command);
  for (const option of settings) command.addOption(option);
  addFileOptions(command, "runs/<series>.safetensors");
  addCommonOptions(command, 1)
    .option("--ascii", "draw with ASCII characters only")
    .addHelpText("after", "\nSettings that are not given depend on the data: see docs/results/series.md.");

  command.action(async (options: Omit<TrainSeriesOptions, "typed">) => {
    const typed = typedOf(command, ["--seed", ...[...settings, ...reading].map(({ long }) => long)]);
    const { trainSeriesCommand } = await import("../commands/train-series.ts");
    await trainSeriesCommand({ ...options, typed }, surroundings);
  });
}

const EXAMPLES = [
  `${NAME} train series`,
  `${NAME} train series --data weather --seeds 5`,
  `${NAME} train series --data sales.csv --columns sold --horizons 1,7`,
  `${NAME} train series --data sensors.csv --by place --fill`,
];
