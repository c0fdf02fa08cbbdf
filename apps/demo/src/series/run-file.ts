import { readModel } from "@unroll/io";
import type { SequenceModel } from "@unroll/model";
import { DataError } from "../errors.ts";
import type { RunRecord } from "../training/job.ts";
import { checkFinite, inFile, recordIn } from "../training/run-file.ts";
import type { Fitted } from "./correction.ts";
import type { PreparedSeries } from "./prepare.ts";
import type { Reading, SeriesData } from "./series-data.ts";
import { parseSettings, type Settings } from "./settings.ts";

/** What a model file says of the series. */
export interface SeriesMetadata {
  readonly reading: Reading;
  /** Names of the series, in order. */
  readonly names: readonly string[];
  /** What was fitted to each of them. */
  readonly fitted: readonly Fitted[];
}

/** A model that forecasts. */
export interface SeriesModel extends SeriesMetadata {
  readonly model: SequenceModel;
  readonly record: RunRecord<Settings>;
}

export function seriesMetadata(
  { reading, series }: SeriesData,
  prepared: readonly PreparedSeries[],
): Map<string, string> {
  const names = series.map(({ name }) => name);
  const fitted = prepared.map((each) => each.fitted);
  const metadata: SeriesMetadata = { reading, names, fitted };
  return new Map([["series", JSON.stringify(metadata)]]);
}

/** @throws DataError if the bytes hold something other than a model of series */
export function seriesModelIn(path: string, bytes: Uint8Array): SeriesModel {
  return inFile(path, "series", () => {
    const { model, metadata } = readModel(bytes);
    const record = recordIn(metadata, "series", parseSettings);
    const found = readingIn(metadata);
    if (!record || !found)
      throw new DataError(
        path,
        "is a model of something else, expected one that train series saved",
        { expected: "a model of series" },
        "Only a model that was trained on series forecasts.",
      );
    checkFinite(path, model);
    return { ...found, model, record };
  });
}

/** How the series of a model are read, and what was fitted to them. */
export function readingIn(metadata: ReadonlyMap<string, string>): SeriesMetadata | undefined {
  const found = JSON.parse(metadata.get("series") ?? "null") as Partial<SeriesMetadata> | null;
  const whole = found?.reading && Array.isArray(found.names) && Array.isArray(found.fitted);
  return whole ? (found as SeriesMetadata) : undefined;
}

/** @throws DataError if the data has not the series that the model was trained on */
export function checkSeriesNames(
  where: string,
  { series, reading }: SeriesData,
  names: readonly string[],
): void {
  const got = series.map(({ name }) => name);
  if (got.join("\0") === names.join("\0")) return;
  const text = (list: readonly string[]): string => list.join(", ");
  throw new DataError(
    where,
    `has the series ${text(got)}, expected ${text(names)}, as the model has learned`,
    { got, expected: names, by: reading.by },
  );
}
