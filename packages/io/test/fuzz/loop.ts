import { isDeepStrictEqual } from "node:util";
import { UnsupportedError } from "@unroll/io";
import { FormatError } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";

/** A reader, and what its results are held against. */
export interface Subject<T> {
  /** An input, `intact` if nothing about it was broken. */
  make(random: RandomState): { readonly bytes: Uint8Array; readonly intact: boolean };
  read(bytes: Uint8Array): T | Promise<T>;
  /** What a result says, so that it can be compared. */
  contents?(result: T): unknown;
  /** The same from a second reader, or undefined if that one refuses the bytes. */
  expected?(bytes: Uint8Array): unknown;
  /** Where there is no second reader: what is wrong about a result, if anything. */
  difference?(result: T, bytes: Uint8Array): string | undefined;
  /** The result as a file again. */
  write?(result: T): Uint8Array;
  /** The arrays that a result is made of. */
  arrays(result: T): Iterable<ArrayBufferView>;
  /** Rules that the second reader does not know: there ours may refuse what it takes. */
  readonly stricter?: ReadonlySet<string>;
}

/** How many inputs a fuzz test takes, and from which seed. The command `fuzz` sets other numbers. */
export function share(inTests: number): { readonly count: number; readonly seed: number } {
  const { FUZZ_INPUTS, FUZZ_SEED } = process.env;
  return { count: Number(FUZZ_INPUTS ?? inTests), seed: Number(FUZZ_SEED ?? 1) };
}

/**
 * Feeds `count` inputs to a reader and counts the refusals by rule; "accepted" counts those that were read.
 * Throws at the first input that
 * - makes the reader throw anything but its two errors, or point outside the input;
 * - is read although the second reader refuses it, or refused although it is right;
 * - is read as something else than the second reader reads, or differs from what `difference` makes of the bytes, or
 *   comes back changed from being written and read again;
 * - with FUZZ_LIMITS set: takes more than 100 ms, or more memory than twice the input and 1 MB.
 */
export async function fuzz<T>(
  subject: Subject<T>,
  count: number,
  seed: number,
): Promise<Map<string, number>> {
  const random = new RandomState(seed);
  const counts = new Map<string, number>();
  for (let i = 0; i < count; i++) {
    const { bytes, intact } = subject.make(random);
    const { rule, problem } = await check(subject, bytes, intact);
    if (problem)
      throw new Error(
        `input ${i} of seed ${seed}: ${problem}\n${JSON.stringify(Buffer.from(bytes).toString("latin1"))}`,
      );
    counts.set(rule, (counts.get(rule) ?? 0) + 1);
  }
  return counts;
}

interface Verdict {
  readonly rule: string;
  readonly problem?: string;
}

async function check<T>(subject: Subject<T>, bytes: Uint8Array, intact: boolean): Promise<Verdict> {
  const expected = subject.expected?.(bytes);
  let result: T;
  try {
    const watch = process.env.FUZZ_LIMITS ? watched : unwatched;
    result = await watch(() => subject.read(bytes), bytes);
  } catch (error) {
    return judge(subject, error, bytes, intact, expected);
  }
  const rule = "accepted";
  if (subject.expected) {
    if (expected === undefined) return { rule, problem: "read, but the reference refuses it" };
    if (!isDeepStrictEqual(subject.contents?.(result), expected))
      return { rule, problem: "read as something else" };
  }
  const problem = subject.difference?.(result, bytes);
  if (problem) return { rule, problem };
  if (subject.write) {
    const again = await subject.read(subject.write(result));
    if (!isDeepStrictEqual(subject.contents?.(again), expected))
      return { rule, problem: "comes back changed from being written" };
  }
  for (const { buffer, byteLength } of subject.arrays(result))
    if (buffer !== bytes.buffer && buffer.byteLength > byteLength + 10_000)
      return { rule, problem: "keeps more memory than its data" };
  return { rule };
}

function judge(
  { stricter }: Pick<Subject<unknown>, "stricter">,
  error: unknown,
  bytes: Uint8Array,
  intact: boolean,
  expected: unknown,
): Verdict {
  if (error instanceof LimitError) return { rule: "limit", problem: error.message };
  if (!(error instanceof FormatError || error instanceof UnsupportedError))
    return { rule: "untyped", problem: `an untyped error: ${error}` };
  const { rule, offset } = error.details as { rule: string; offset: number };
  if (!Number.isInteger(offset) || offset < 0 || offset > bytes.length)
    return { rule, problem: `the error points at ${offset} of ${bytes.length} bytes` };
  if (intact) return { rule, problem: `a right file is refused: ${error.message}` };
  if (expected !== undefined && !stricter?.has(rule))
    return { rule, problem: `refused, but the reference reads it: ${error.message}` };
  return { rule };
}

/** A reader took too long or too much. */
class LimitError extends Error {}

async function unwatched<T>(read: () => T | Promise<T>): Promise<T> {
  return read();
}

/**
 * What counts is the processor's time: the clock of a busy machine says too much. Memory that waits to be collected says
 * too much now and then, so it is the best of three.
 */
async function watched<T>(read: () => T | Promise<T>, bytes: Uint8Array): Promise<T> {
  const room = 2 * bytes.length + 2 ** 20;
  let said = "";
  for (let attempt = 0; attempt < 3; attempt++) {
    const before = process.memoryUsage().arrayBuffers;
    const began = process.cpuUsage();
    const [outcome] = await Promise.allSettled([unwatched(read)]);
    const { user, system } = process.cpuUsage(began);
    const took = (user + system) / 1000;
    const memory = process.memoryUsage().arrayBuffers - before;
    said = `it takes ${took} ms and ${memory} bytes for ${bytes.length} bytes`;
    if (took > 100 || memory > room) continue;
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  }
  throw new LimitError(said);
}
