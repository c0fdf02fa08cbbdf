import { foldLetters } from "@unroll/datasets";
import type { Vocabulary } from "@unroll/train";

/** How a text becomes symbols. */
export interface Reading {
  /** Tell capitals from small letters. */
  readonly keepCase: boolean;
  /** Drop accents. */
  readonly fold: boolean;
  /** Characters that are read at the most. */
  readonly seqLen: number;
}

/** Stand before and behind each text: the control characters that mean it. */
const START = "\u0002";
const END = "\u0003";

/** Stands for a character that no text to learn from had. */
export const UNKNOWN = "\ufffd";

/** The text as it is read, without the symbols around it. */
export function normalized(text: string, { keepCase, fold, seqLen }: Reading): string {
  const folded = fold ? foldLetters(text) : text;
  const read = keepCase ? folded : folded.toLowerCase();
  return Array.from(read).slice(0, seqLen).join("");
}

/** The symbols of a text, its beginning and end among them. */
export function symbolsOf(text: string, reading: Reading): string {
  return START + normalized(text, reading) + END;
}

/** The numbers of the symbols. */
export function encodeText(text: string, reading: Reading, vocabulary: Vocabulary): Int32Array {
  return vocabulary.encode(symbolsOf(text, reading));
}
