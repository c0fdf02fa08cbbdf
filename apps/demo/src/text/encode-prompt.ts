import { foldText } from "@unroll/datasets";
import type { Vocabulary } from "@unroll/train";
import { DataError } from "../errors.ts";
import { oneLine } from "../terminal/words.ts";

/**
 * A prompt as the numbers of its characters, folded first where the text was.
 * @throws DataError at the first character that the network never saw
 */
export function encodePrompt(prompt: string, vocabulary: Vocabulary, folded: boolean): Int32Array {
  for (const symbol of prompt) {
    // A mark alone folds to nothing, as it does behind its letter.
    const known = folded ? knownAfterFolding(symbol, vocabulary) : vocabulary.has(symbol);
    if (known) continue;
    const codePoint = `U+${symbol.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
    throw new DataError(
      "--prompt",
      `the network does not know the character ${JSON.stringify(symbol)} (${codePoint})`,
      { symbol, codePoint, size: vocabulary.size, expected: "characters of the text it was trained on" },
      `It knows: ${oneLine(vocabulary.symbols.join(" "), 200)}`,
    );
  }
  return vocabulary.encode(folded ? foldText(prompt) : prompt);
}

function knownAfterFolding(symbol: string, vocabulary: Vocabulary): boolean {
  const folded = foldText(symbol);
  return folded === "" ? /\p{M}/u.test(symbol) : Array.from(folded).every((part) => vocabulary.has(part));
}
