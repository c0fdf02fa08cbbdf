import { UnsupportedError } from "@unroll/io";
import type { OnnxFile } from "@unroll/io/onnx";
import { FormatError } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";
import type { Field } from "../proto.ts";
import { runFile } from "../run-file.ts";
import { decode } from "./decode.ts";
import { mutated } from "./mutate.ts";
import { referenceRun, TooLarge } from "./reference.ts";

/** A reader of ONNX files into float64. */
export type Reader = (bytes: Uint8Array) => OnnxFile;

const [T, B] = [3, 2];

/**
 * Feeds `count` changed files to a reader and counts the refusals by rule; "accepted" counts the files that were read.
 * Throws at the first file that
 * - makes the reader throw anything but its two errors, or point outside the file;
 * - is refused although nothing was changed;
 * - is read as a model that gives other outputs than the file does, run node by node;
 * - is read as a model with more parameters than a file of its size may have.
 */
export function fuzz(
  read: Reader,
  seeds: readonly Uint8Array[],
  count: number,
  seed: number,
): Map<string, number> {
  const random = new RandomState(seed);
  const trees = seeds.map((bytes) => decode(bytes));
  const counts = new Map<string, number>();
  for (let i = 0; i < count; i++) {
    const { bytes, intact } = mutated(trees[random.randint(0, trees.length)]!, random);
    const verdict = judge(read, bytes, intact, random);
    if (verdict.problem)
      throw new Error(
        `input ${i} of seed ${seed}: ${verdict.problem}\n${Buffer.from(bytes).toString("base64")}`,
      );
    counts.set(verdict.rule, (counts.get(verdict.rule) ?? 0) + 1);
  }
  return counts;
}

function judge(
  read: Reader,
  bytes: Uint8Array,
  intact: boolean,
  random: RandomState,
): { rule: string; problem?: string } {
  let file: OnnxFile;
  try {
    file = read(bytes);
  } catch (error) {
    if (!(error instanceof FormatError || error instanceof UnsupportedError))
      return {
        rule: "untyped",
        problem: `an untyped error: ${error instanceof Error ? error.stack : error}`,
      };
    const { rule, offset } = error.details as { rule: string; offset: number };
    if (!Number.isInteger(offset) || offset < 0 || offset > bytes.length)
      return { rule, problem: `the error points at ${offset} of ${bytes.length} bytes` };
    return intact ? { rule, problem: `a right file is refused: ${error.message}` } : { rule };
  }
  const rule = "accepted";
  if (8 * file.model.parameters.size > 2 * (2 * bytes.length + 2 ** 20))
    return { rule, problem: `${file.model.parameters.size} parameters` };
  const problem = difference(file, bytes, random);
  return problem ? { rule, problem } : { rule };
}

/** What is different between the model and the file it was read from. */
function difference(file: OnnxFile, bytes: Uint8Array, random: RandomState): string | undefined {
  const { input, initialStates } = file;
  const tree = decode(bytes);
  const fixed = fixedSizes(tree, input.name);
  const size = (letter: string, usual: number): number => {
    const at = input.axes.indexOf(letter);
    return at < 0 ? 1 : (fixed[at] ?? usual);
  };
  const steps = size("T", T);
  const batch = size("B", initialStates ? initialStates[0]!.rows : B);
  // A file may run for one sequence only, though it does not say so.
  const problem = differenceAt(file, tree, steps, batch, random);
  return problem?.startsWith(NOT_RUN) && batch > 1 ? differenceAt(file, tree, steps, 1, random) : problem;
}

const NOT_RUN = "read, but it cannot be run";

function differenceAt(
  file: OnnxFile,
  tree: readonly Field[],
  steps: number,
  batch: number,
  random: RandomState,
): string | undefined {
  const { input, output, model } = file;
  const sizes: Record<string, number> = { T: steps, B: batch, I: model.inputs, 1: 1 };
  const length = [...input.axes].reduce((product, axis) => product * sizes[axis]!, 1);
  if (steps * batch * length > 100_000) return undefined; // as TooLarge
  const values = Array.from({ length }, () =>
    input.tokens ? random.randint(0, model.inputs) : Math.fround(random.normal()),
  );
  let expected: readonly number[];
  try {
    ({ data: expected } = referenceRun(tree, output.name, new Map([[input.name, values]]), (name, d) => {
      if (name === input.name) return sizes[input.axes[d]!]!;
      // States to start from: what is open besides their batch can only be guessed.
      return fixedSizes(tree, name)[d] ?? (d === 2 ? model.cells[0]!.outputSize : batch);
    }));
  } catch (error) {
    if (error instanceof TooLarge) return undefined;
    return `${NOT_RUN}: ${error instanceof Error ? error.message : error}`;
  }
  const got = runFile(file, values, { steps, batch });
  if (got.length !== expected.length) return `read with ${got.length} outputs, but it has ${expected.length}`;
  for (const [i, y] of expected.entries()) {
    const close = Math.abs(got[i]! - y) <= 1e-4 * Math.max(1, Math.abs(y));
    // Beyond all measure one is infinite sooner than the other.
    if (!close && Math.abs(y) < 1e6 && !Number.isNaN(y))
      return `read as another network: ${got[i]}, expected ${y}`;
  }
  return undefined;
}

/** Sizes of an input's dimensions; undefined where they are open. */
function fixedSizes(tree: readonly Field[], input: string): (number | undefined)[] {
  const inside = (fields: readonly Field[], number: number): Field[][] =>
    fields.filter((field) => field.number === number).map(({ content }) => content as Field[]);
  const [graph] = inside(tree, 7);
  const info = inside(graph!, 11).find(
    (fields) =>
      new TextDecoder().decode(fields.find(({ number }) => number === 1)?.content as Uint8Array) === input,
  )!;
  const [type] = inside(info, 2).flatMap((fields) => inside(fields, 1));
  const [shape] = inside(type!, 2);
  return inside(shape ?? [], 1).map((fields) => {
    const size = fields.find(({ number }) => number === 1)?.content as bigint | undefined;
    return size === undefined || size === 0n ? undefined : Number(size);
  });
}
