import { decodeText } from "../decode-text.ts";
import { importedOr } from "../imported.ts";
import { readBuiltIn, readInput } from "../input.ts";
import { BUILT_IN } from "./built-in.ts";
import { builtInLines, type NamedLines, parseLabelled } from "./labelled-lines.ts";

/**
 * Lines to learn from: the built-in names, `-` for the standard input, or a file in UTF-8.
 * @throws DataError if they cannot be read or a line is none
 */
export async function readLabelled(
  data: string,
  stdin: AsyncIterable<Uint8Array | string>,
): Promise<NamedLines> {
  if (data === BUILT_IN) {
    const { where, name, bytes } = await readBuiltIn("names.json");
    return { name, where, noun: "name", lines: builtInLines(decodeText(where, bytes)), bytes };
  }
  const advice = `The built-in surnames are called ${BUILT_IN}.`;
  const { where, name, bytes } = await readInput(
    importedOr(data, ".tsv"),
    stdin,
    "a readable file of labelled lines",
    advice,
  );
  const lines = parseLabelled(where, decodeText(where, bytes));
  return { name, where, noun: "line", lines, bytes };
}
