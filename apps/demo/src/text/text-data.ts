import { splitByPosition } from "@unroll/datasets";
import { type TokenDataset, tokenStreams, type Vocabulary, vocabularyOf } from "@unroll/train";
import { DataError } from "../errors.ts";
import type { NamedText } from "./read-text.ts";
import { MEASURES, type Settings } from "./settings.ts";

/** A part of the tokens: [start, end). */
export interface Part {
  readonly start: number;
  readonly end: number;
}

/** A text as numbers, cut into what is learned, what is watched and what is tested. */
export interface TextData {
  /** All symbols of the text, whichever part they are in, so that no part has an unknown one. */
  readonly vocabulary: Vocabulary;
  readonly tokens: Int32Array;
  readonly parts: { readonly train: Part; readonly validation: Part; readonly test: Part };
  readonly train: TokenDataset;
  readonly validation: TokenDataset;
  readonly test: TokenDataset;
}

/**
 * Cuts a text by position into 80 % to train, 10 % to validate and 10 % to test.
 *
 * Validation and test are read as one stream each, the state carried from beginning to end. The character before a
 * part is its first input, so that each of its characters is a target.
 * @throws DataError if the text is too short for one window of each
 */
export function textData(
  { name, text }: NamedText,
  { seqLen, batch }: Pick<Settings, "seqLen" | "batch">,
): TextData {
  const vocabulary = vocabularyOf(text);
  const tokens = vocabulary.encode(text);
  checkLength(name, tokens.length, seqLen, batch);
  const split = splitByPosition(tokens.length);
  const parts = {
    train: { start: 0, end: split.train },
    validation: { start: split.train, end: Math.min(split.validation, split.train + MEASURES.validation) },
    test: { start: split.validation, end: Math.min(split.test, split.validation + MEASURES.test) },
  };
  const size = vocabulary.size;
  const scored = ({ start, end }: Part): TokenDataset =>
    tokenStreams(tokens.subarray(start - 1, end), { size, steps: Math.min(seqLen, end - start), batch: 1 });
  return {
    vocabulary,
    tokens,
    parts,
    train: tokenStreams(tokens.subarray(0, split.train), { size, steps: seqLen, batch }),
    validation: scored(parts.validation),
    test: scored(parts.test),
  };
}

function checkLength(name: string, characters: number, seqLen: number, batch: number): void {
  const window = seqLen * batch + 1;
  // The least length whose 80 % are a window and whose two tenths are not empty.
  const expected = Math.max(10, Math.ceil((window * 10) / 8));
  if (characters >= expected) return;
  throw new DataError(
    name,
    `the text has ${characters} characters, expected at least ${expected}: 80 % of it must fill one window of ` +
      `${batch} × ${seqLen} + 1 = ${window}`,
    { got: characters, expected },
    "Take a longer text, or a smaller --batch or --seq-len.",
  );
}
