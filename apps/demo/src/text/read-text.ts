import { foldText } from "@unroll/datasets";
import { decodeText } from "../decode-text.ts";
import { DataError } from "../errors.ts";
import { importedOr } from "../imported.ts";
import { readBuiltIn, readInput } from "../input.ts";
import { BUILT_IN } from "./built-in.ts";

export interface NamedText {
  /** `moby-dick`, or the file's name without its ending. */
  readonly name: string;
  readonly text: string;
  /** Typographic characters were folded to ASCII. */
  readonly folded: boolean;
}

/**
 * A text to train on: the built-in one by its name (always folded), `-` for the standard input, or a UTF-8 file. Line
 * ends CR LF become LF.
 * @throws DataError if it cannot be read, is empty or is not UTF-8
 */
export async function readText(
  data: string,
  stdin: AsyncIterable<Uint8Array | string>,
  fold = false,
): Promise<NamedText> {
  if (data === BUILT_IN) {
    const { where, bytes } = await readBuiltIn("moby-dick.txt");
    const text = decodeText(where, bytes);
    return { name: BUILT_IN, text: foldText(text), folded: true };
  }
  const advice = `The built-in text is called ${BUILT_IN}.`;
  const input = await readInput(importedOr(data, ".txt"), stdin, "a readable text file", advice);
  const text = decodeText(input.where, input.bytes);
  return { name: input.name, text: fold ? refold(input.where, text) : text, folded: fold };
}

function refold(where: string, text: string): string {
  const folded = foldText(text);
  if (folded === "")
    throw new DataError(where, "is empty after folding, expected text", {
      got: 0,
      expected: "ASCII, or letters with accents",
    });
  return folded;
}
