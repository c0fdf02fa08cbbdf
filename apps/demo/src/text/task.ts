import { readModel } from "@unroll/io";
import { tokenStreams, UnknownSymbolError, type Vocabulary } from "@unroll/train";
import { DataError } from "../errors.ts";
import { sha256 } from "../sha256.ts";
import type { Finding, RunSummary, Task } from "../tasks.ts";
import { aligned } from "../terminal/aligned.ts";
import type { Surroundings } from "../terminal/streams.ts";
import { bitsText, countText } from "../terminal/words.ts";
import { readBytes } from "../training/read-bytes.ts";
import { recordIn } from "../training/run-file.ts";
import { checkSameData } from "../training/same-data.ts";
import { networkName } from "../training/settings.ts";
import { spread } from "../training/spread.ts";
import { baselinesOf } from "./baselines.ts";
import { bitsPerCharacter } from "./bits-per-character.ts";
import { type NamedText, readText } from "./read-text.ts";
import { bitsTable } from "./result-text.ts";
import { textModelIn } from "./run-file.ts";
import { parseSettings, type Settings } from "./settings.ts";
import { textData } from "./text-data.ts";

/** What the commands for all tasks do with text. */
export const textTask: Task = { evaluate, compare };

async function evaluate(file: string, given: string | undefined, { stdin }: Surroundings): Promise<Finding> {
  const bytes = await readBytes(file);
  const { model, vocabulary, folded } = textModelIn(file, bytes);
  const record = recordIn(readModel(bytes).metadata, "text", parseSettings);
  if (!record) throw new DataError(file, "does not say how it was trained");
  const text = await readText(given ?? record.data, stdin, folded);
  const { settings } = record;
  if (given === undefined) {
    checkSameData(record.data, "text", file, sha256(text.text), record.sha256);
    const data = textData(text, settings);
    const bits = await bitsPerCharacter(model, data.test);
    const baselines = baselinesOf(data);
    const { start, end } = data.parts.test;
    return {
      text: `Bits per character on the test text, ${countText(end - start)} characters (fewer are better):\n${bitsTable(networkName(settings), bits, baselines)}`,
      fields: { characters: end - start, bitsPerCharacter: bits, baselines },
    };
  }
  const tokens = encode(given, text, vocabulary);
  const characters = tokens.length - 1;
  if (characters < 1) throw new DataError(given, "has too few characters to score, expected at least 2");
  const steps = Math.min(settings.seqLen, characters);
  const bits = await bitsPerCharacter(
    model,
    tokenStreams(tokens, { size: vocabulary.size, steps, batch: 1 }),
  );
  return {
    text: `Bits per character on all of ${text.name}, ${countText(characters)} characters: ${bitsText(bits)}\n`,
    fields: { characters, bitsPerCharacter: bits },
  };
}

/** @throws DataError at the first character that the network never saw, with its line */
function encode(given: string, { text }: NamedText, vocabulary: Vocabulary): Int32Array {
  try {
    return vocabulary.encode(text);
  } catch (error) {
    if (!(error instanceof UnknownSymbolError)) throw error;
    const { symbol, position } = error.details as { symbol: string; position: number };
    const line = text.slice(0, position).split("\n").length;
    throw new DataError(
      given,
      `line ${line}: the network does not know the character ${JSON.stringify(symbol)}`,
      { line, symbol, position },
    );
  }
}

function compare(runs: readonly RunSummary[]): string {
  const rows = runs.map(({ path, settings, figures }) => {
    const {
      validation,
      test,
      tests = [],
    } = figures as { validation?: number; test?: number; tests?: number[] };
    const text = (bits: number | undefined): string => (bits === undefined ? "not finished" : bitsText(bits));
    const name = networkName(settings as unknown as Settings);
    return [path, name, text(validation), text(test), tests.length > 1 ? spread(tests, bitsText) : ""];
  });
  return aligned([["bits per character", "network", "validation", "test", "seeds"], ...rows]);
}
