import { isUtf8 } from "node:buffer";
import { readFile, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, extname } from "node:path";
import { DataError, fileProblem } from "./errors.ts";

/** A file, or the standard input. */
export interface Input {
  /** What messages call it. */
  readonly where: string;
  /** The file's name without its ending, or `stdin`. */
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * Reads a file, or for `-` the standard input.
 * @throws DataError if it cannot be read or is larger than `most` bytes
 */
export async function readInput(
  data: string,
  stdin: AsyncIterable<Uint8Array | string>,
  expected: string,
  advice: string,
  most: number = Number.POSITIVE_INFINITY,
): Promise<Input> {
  if (data === "-") return { where: "standard input", name: "stdin", bytes: await collect(stdin, most) };
  try {
    checkSize(data, (await stat(data)).size, most);
    return { where: data, name: basename(data, extname(data)), bytes: await readFile(data) };
  } catch (error) {
    if (error instanceof DataError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const problem = `cannot be read: ${fileProblem(error)}`;
    throw new DataError(data, problem, { got: code, expected }, code === "ENOENT" ? advice : undefined);
  }
}

/** A file of @unroll/datasets. */
export async function readBuiltIn(file: string): Promise<Input> {
  const where = createRequire(import.meta.url).resolve(`@unroll/datasets/${file}`);
  return { where, name: basename(file, extname(file)), bytes: await readFile(where) };
}

async function collect(stdin: AsyncIterable<Uint8Array | string>, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    chunks.push(Buffer.from(chunk));
    size += chunks.at(-1)!.length;
    checkSize("standard input", size, most);
  }
  return Buffer.concat(chunks);
}

function checkSize(where: string, size: number, most: number): void {
  if (size <= most) return;
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
  throw new DataError(
    where,
    `has ${megabytes(size)} or more, expected at most ${megabytes(most)}`,
    { got: size, expected: most },
    "Keep the rows and columns that matter.",
  );
}

/** Text in UTF-8, without a byte-order mark, its line ends LF. @throws DataError with byte and line where it is none, or if empty */
export function decodeText({ where, bytes }: Pick<Input, "where" | "bytes">): string {
  if (bytes.includes(0) || !isUtf8(bytes)) {
    const offset = firstProblem(bytes);
    const shown = `0x${bytes[offset]!.toString(16).padStart(2, "0")}`;
    const line = bytes.subarray(0, offset).filter((byte) => byte === 0x0a).length + 1;
    throw new DataError(
      where,
      `byte ${offset}, in line ${line}, is ${shown}, expected text in UTF-8`,
      { offset, line, got: bytes[offset], expected: "UTF-8" },
      "Is it a file of another kind? A text in another encoding must be converted first.",
    );
  }
  const text = bytes
    .toString("utf8")
    .replace(/^\ufeff/, "")
    .replaceAll("\r\n", "\n");
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
