import { isUtf8 } from "node:buffer";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, extname } from "node:path";
import { foldText } from "@unroll/datasets";
import { DataError, fileProblem } from "../errors.ts";
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
    const path = createRequire(import.meta.url).resolve("@unroll/datasets/moby-dick.txt");
    return { name: BUILT_IN, text: foldText(decode(path, await read(path))), folded: true };
  }
  const bytes = data === "-" ? await collect(stdin) : await read(data);
  const where = data === "-" ? "standard input" : data;
  const name = data === "-" ? "stdin" : basename(data, extname(data));
  const text = decode(where, bytes).replaceAll("\r\n", "\n");
  return { name, text: fold ? refold(where, text) : text, folded: fold };
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

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new DataError(
      path,
      `cannot be read: ${fileProblem(error)}`,
      { got: code, expected: "a readable text file" },
      code === "ENOENT" ? `The built-in text is called ${BUILT_IN}.` : undefined,
    );
  }
}

async function collect(stdin: AsyncIterable<Uint8Array | string>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function decode(where: string, bytes: Buffer): string {
  if (bytes.includes(0) || !isUtf8(bytes)) {
    const offset = firstProblem(bytes);
    const shown = `0x${bytes[offset]!.toString(16).padStart(2, "0")}`;
    throw new DataError(
      where,
      `byte ${offset} is ${shown}, expected text in UTF-8`,
      { offset, got: bytes[offset], expected: "UTF-8" },
      "Is it a file of another kind? A text in another encoding must be converted first.",
    );
  }
  const text = bytes.toString("utf8").replace(/^\ufeff/, "");
  if (text === "")
    throw new DataError(where, "is empty, expected text", { got: 0, expected: "at least one character" });
  return text;
}

/** Where the bytes stop being text: the first zero, or the first byte that decoding and encoding does not give back. */
function firstProblem(bytes: Buffer): number {
  const zero = bytes.indexOf(0);
  const again = Buffer.from(bytes.toString("utf8"));
  let broken = 0;
  while (broken < bytes.length && bytes[broken] === again[broken]) broken++;
  return zero < 0 ? broken : Math.min(zero, broken);
}
