import { readFileSync } from "node:fs";
import { type OnnxFile, readOnnx } from "@unroll/io/onnx";
import { RandomState } from "@unroll/linalg";
import type { Field } from "../../onnx/proto.ts";
import { runFile } from "../../onnx/run-file.ts";
import type { Subject } from "../loop.ts";
import { choose } from "../random.ts";
import { decode } from "./decode.ts";
import { mutated } from "./mutate.ts";
import { referenceRun, TooLarge } from "./reference.ts";

/** A reader of ONNX files, ours unless another is given. It must read into float64. */
export function onnx(read: (bytes: Uint8Array) => OnnxFile = readWide): Subject<OnnxFile> {
  const seeds = ["pytorch", "graphs"].flatMap(treesOf);
  const random = new RandomState(5);
  return {
    make: (random) => mutated(choose(random, seeds), random),
    read,
    difference: (file, bytes) => difference(file, bytes, random),
    arrays: ({ initialStates = [] }) => initialStates.map(({ data }) => data),
  };
}

export function readWide(bytes: Uint8Array): OnnxFile {
  return readOnnx(bytes, { type: "float64", kernels: "portable" });
}

/** The files of a fixture, to change. */
function treesOf(name: string): Field[][] {
  const text = readFileSync(new URL(`../../fixtures/onnx/${name}.json`, import.meta.url), "utf8");
  const { cases }: { cases: { onnx: string }[] } = JSON.parse(text);
  return cases.map((each) => decode(Uint8Array.from(Buffer.from(each.onnx, "base64"))));
}

const [T, B] = [3, 2];

/** What is different between the model and the file it was read from, run node by node. */
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
  // Without a last layer of its own a model has a readout of 0 and 1, through which one NaN among the weights spreads.
  const { data, offset, size } = model.parameters;
  if (data.subarray(offset, offset + size).some(Number.isNaN)) return undefined;
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
