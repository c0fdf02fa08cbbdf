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

/** Larger files take more memory and time than a demo should. */
const MOST_BYTES = 32e6;

/**
 * Reads a file, or for `-` the standard input.
 * @throws DataError if it cannot be read or is larger than 32 MB
 */
export async function readInput(
  data: string,
  stdin: AsyncIterable<Uint8Array | string>,
  expected: string,
  advice: string,
): Promise<Input> {
  if (data === "-") return { where: "standard input", name: "stdin", bytes: await collect(stdin) };
  try {
    checkSize(data, (await stat(data)).size);
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

async function collect(stdin: AsyncIterable<Uint8Array | string>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    chunks.push(Buffer.from(chunk));
    size += chunks.at(-1)!.length;
    checkSize("standard input", size);
  }
  return Buffer.concat(chunks);
}

function checkSize(where: string, size: number): void {
  if (size <= MOST_BYTES) return;
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
  throw new DataError(
    where,
    `has ${megabytes(size)} or more, expected at most ${megabytes(MOST_BYTES)}`,
    { got: size, expected: MOST_BYTES },
    "Keep the part that matters.",
  );
}
