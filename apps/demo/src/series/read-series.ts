import { decodeText } from "../decode-text.ts";
import { importedOr } from "../imported.ts";
import { type Input, readBuiltIn, readInput } from "../input.ts";
import { BUILT_IN } from "./built-in.ts";
import { type Reading, type SeriesData, seriesOf } from "./series-data.ts";

/** Series and the bytes they were read from. */
export interface ReadSeries {
  readonly data: SeriesData;
  readonly bytes: Uint8Array;
}

/**
 * Series to learn from: a built-in one by its name, `-` for the standard input, or a CSV file in UTF-8.
 * @throws DataError if it cannot be read or is not what it should be, with the line
 */
export async function readSeries(
  given: string,
  stdin: AsyncIterable<Uint8Array | string>,
  wanted: Partial<Reading> = {},
): Promise<ReadSeries> {
  const builtIn = Object.hasOwn(BUILT_IN, given) ? BUILT_IN[given] : undefined;
  const input = builtIn ? await readBuiltIn(`${given}.csv`) : await readFromUser(given, stdin);
  const reading = { ...builtIn?.reading, ...defined(wanted) };
  return {
    data: seriesOf(input.name, decodeText(input.where, input.bytes), input.where, reading),
    bytes: input.bytes,
  };
}

function readFromUser(given: string, stdin: AsyncIterable<Uint8Array | string>): Promise<Input> {
  const advice = `The built-in series are called ${Object.keys(BUILT_IN).join(", ")}.`;
  return readInput(importedOr(given, ".csv"), stdin, "a readable CSV file", advice);
}

function defined(reading: Partial<Reading>): Partial<Reading> {
  return Object.fromEntries(Object.entries(reading).filter(([, value]) => value !== undefined));
}
