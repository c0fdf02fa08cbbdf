import { isDeepStrictEqual } from "node:util";
import { type SafetensorsFile, UnsupportedError, writeSafetensors } from "@unroll/io";
import { FormatError } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";
import { generate } from "./generate.ts";
import { type Contents, referenceRead } from "./reference.ts";

/** Rules that the reference does not know: here our reader may refuse what it takes. */
const STRICTER = new Set(["number", "surrogate", "unknown-key", "rank"]);

/**
 * Feeds `count` files to a reader and counts the refusals by rule; "accepted" counts the files that were read.
 * Throws at the first file that
 * - makes the reader throw anything but its two errors, or point outside the file;
 * - is read although the reference refuses it, or refused although it is right;
 * - is read as something else than the reference reads, or comes back changed from being written and read again.
 */
export function fuzz(
  read: (bytes: Uint8Array) => SafetensorsFile,
  count: number,
  seed: number,
): Map<string, number> {
  const random = new RandomState(seed);
  const counts = new Map<string, number>();
  for (let i = 0; i < count; i++) {
    const { bytes, intact } = generate(random);
    const verdict = check(read, bytes, intact);
    if (verdict.problem)
      throw new Error(
        `input ${i} of seed ${seed}: ${verdict.problem}\n${JSON.stringify(Buffer.from(bytes).toString("latin1"))}`,
      );
    counts.set(verdict.rule, (counts.get(verdict.rule) ?? 0) + 1);
  }
  return counts;
}

function check(read: (bytes: Uint8Array) => SafetensorsFile, bytes: Uint8Array, intact: boolean) {
  const expected = referenceRead(bytes);
  let result: SafetensorsFile;
  try {
    result = read(bytes);
  } catch (error) {
    return { ...judge(error, bytes, intact, expected) };
  }
  const rule = "accepted";
  if (!expected) return { rule, problem: "read, but the reference refuses it" };
  // By name: a name that is an array index comes first in what JSON.parse makes.
  if (!isDeepStrictEqual(sorted(contentsOf(result)), sorted(expected)))
    return { rule, problem: "read as something else" };
  const again = read(writeSafetensors(result.tensors, result.metadata));
  if (!isDeepStrictEqual(sorted(contentsOf(again)), sorted(expected)))
    return { rule, problem: "comes back changed from being written" };
  for (const { data } of result.tensors.values())
    if (data.buffer !== bytes.buffer && data.buffer.byteLength !== data.byteLength)
      return { rule, problem: "takes more memory than its data" };
  return { rule };
}

function judge(error: unknown, bytes: Uint8Array, intact: boolean, expected: Contents | undefined) {
  if (!(error instanceof FormatError || error instanceof UnsupportedError))
    return { rule: "untyped", problem: `an untyped error: ${error}` };
  const { rule, offset } = error.details as { rule: string; offset: number };
  if (!Number.isInteger(offset) || offset < 0 || offset > bytes.length)
    return { rule, problem: `the error points at ${offset} of ${bytes.length} bytes` };
  if (intact) return { rule, problem: `a right file is refused: ${error.message}` };
  if (expected && !STRICTER.has(rule))
    return { rule, problem: `refused, but the reference reads it: ${error.message}` };
  return { rule };
}

function contentsOf({ metadata, tensors }: SafetensorsFile): Contents {
  return {
    metadata: Object.fromEntries(metadata),
    tensors: [...tensors].map(([name, { dtype, shape, data }]) => ({
      name,
      dtype,
      shape: [...shape],
      bytes: [...new Uint8Array(data.buffer, data.byteOffset, data.byteLength)],
    })),
  };
}

function sorted({ metadata, tensors }: Contents): Contents {
  return { metadata, tensors: [...tensors].sort((a, b) => (a.name < b.name ? -1 : 1)) };
}
