import { WittenBell } from "../baseline/witten-bell.ts";
import type { TextData } from "./text-data.ts";

export interface Baseline {
  readonly name: string;
  readonly bitsPerCharacter: number;
}

const ORDER = 6;

/** What n-grams reach on the test text that count what the network learns from. */
export function baselinesOf({ tokens, vocabulary, parts }: TextData): Baseline[] {
  const { train, test } = parts;
  const counted = new WittenBell(ORDER, vocabulary.size, tokens, train.start, train.end);
  const bits = counted.bitsPerSymbol(tokens, test.start, test.end);
  return Array.from(bits, (bitsPerCharacter, i) => ({ name: `Witten-Bell ${i + 1}-gram`, bitsPerCharacter }));
}
