import { DataError } from "../errors.ts";
import { sha256 } from "../sha256.ts";
import type { Finding, RunSummary, Task } from "../tasks.ts";
import type { Surroundings } from "../terminal/streams.ts";
import { readBytes } from "../training/read-bytes.ts";
import { checkSameData } from "../training/same-data.ts";
import { nameOf } from "./name.ts";
import { prepare, prepareForecast } from "./prepare.ts";
import { readSeries } from "./read-series.ts";
import { baselineFigures, networkFigures, type RuleFigures, type SeriesFigures } from "./result.ts";
import { compareText, tablesText } from "./result-text.ts";
import { checkSeriesNames, type SeriesModel, seriesModelIn } from "./run-file.ts";
import type { Settings } from "./settings.ts";

/** What the commands for all tasks do with series. */
export const seriesTask: Task = { evaluate, compare };

async function evaluate(file: string, given: string | undefined, { stdin }: Surroundings): Promise<Finding> {
  const run = seriesModelIn(file, await readBytes(file));
  const { record, reading, names } = run;
  const where = given ?? record.data;
  const { data, bytes } = await readSeries(where, stdin, reading);
  checkSeriesNames(where, data, names);
  if (given === undefined) checkSameData(where, "series", file, sha256(bytes), record.sha256);
  const figures =
    given === undefined ? onTestPart(run, prepare(where, data, record.settings)) : onAll(run, where, data);
  const what = given === undefined ? "the test part" : `all of ${data.name}`;
  return { text: `MAE (RMSE) on ${what}, smaller is better:\n${tablesText(figures)}`, fields: { figures } };
}

/** The network and the simple rules on the rows that it was tested on. */
function onTestPart(
  { model, reading, record }: SeriesModel,
  prepared: ReturnType<typeof prepare>,
): SeriesFigures[] {
  const { settings } = record;
  return prepared.map((each) => {
    const from = each.split.validation;
    return {
      series: each.series.name,
      columns: reading.columns,
      horizons: settings.horizons,
      baselines: baselineFigures(each, settings, from),
      network: networkFigures(nameOf(settings), model, each, from, settings),
      seeds: [],
    };
  });
}

/** The network on other series: on every row that it can say from so far before. */
function onAll(
  { model, reading, record, fitted }: SeriesModel,
  where: string,
  data: Parameters<typeof prepareForecast>[1],
): SeriesFigures[] {
  const { settings } = record;
  return prepareForecast(where, data, settings, fitted, 0).map((each) => {
    const { rows } = each.series.values;
    const from = each.start + settings.horizons.at(-1)! - 1;
    if (from >= rows)
      throw new DataError(where, `has ${rows} rows, expected more than ${from} to be scored`, {
        rows,
        expected: from + 1,
      });
    return {
      series: each.series.name,
      columns: reading.columns,
      horizons: settings.horizons,
      baselines: [],
      network: networkFigures(nameOf(settings), model, each, from, settings),
      seeds: [],
    };
  });
}

/** For each series and horizon a table of the runs; the simple rules are those of the first. */
function compare(runs: readonly RunSummary[]): string {
  const finished = runs.filter(({ figures }) => Array.isArray(figures.test));
  const named = finished.map(({ path, settings, figures }) => ({
    path,
    name: nameOf(settings as unknown as Settings),
    test: figures.test as SeriesFigures[],
  }));
  const [first] = named;
  const unfinished = runs
    .filter((run) => !finished.includes(run))
    .map(({ path }) => `${path} is not finished.\n`);
  if (!first) return unfinished.join("");
  const tables = first.test.flatMap((figures) => {
    const rows = named.flatMap(({ path, name, test }): RuleFigures[] => {
      const same = test.find(({ series }) => series === figures.series);
      const fits =
        same?.columns.join() === figures.columns.join() && same.horizons.join() === figures.horizons.join();
      return same && fits ? [{ name: `${path}: ${name}`, errors: same.network.errors }] : [];
    });
    return compareText(figures, rows);
  });
  return `MAE (RMSE) on the test part, smaller is better:\n${tables.join("")}${unfinished.join("")}`;
}
