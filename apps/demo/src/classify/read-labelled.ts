import { importedOr } from "../imported.ts";
import { decodeText, readBuiltIn, readInput } from "../input.ts";
import { BUILT_IN } from "./built-in.ts";
import { type LabelledLine, parseLabelled } from "./labelled-lines.ts";

/** Labelled lines and where they come from. */
export interface NamedLines {
  /** `names`, or the file's name without its ending. */
  readonly name: string;
  /** What messages call it. */
  readonly where: string;
  /** What one of them is called: `name`, `line`. */
  readonly noun: string;
  readonly lines: readonly LabelledLine[];
  /** What was read. */
  readonly bytes: Buffer;
}

/** Larger files take more memory and time than a demo should. */
const MOST_BYTES = 32e6;

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
    const names = JSON.parse(decodeText({ where, bytes })) as Record<string, string[]>;
    const lines = Object.entries(names).flatMap(([label, texts]) =>
      texts.map((text): LabelledLine => ({ label, text, line: 1 })),
    );
    return { name, where, noun: "name", lines, bytes };
  }
  const advice = `The built-in surnames are called ${BUILT_IN}.`;
  const { where, name, bytes } = await readInput(
    importedOr(data, ".tsv"),
    stdin,
    "a readable file of labelled lines",
    advice,
    MOST_BYTES,
  );
  const lines = parseLabelled(where, decodeText({ where, bytes }));
  return { name, where, noun: "line", lines, bytes };
}
