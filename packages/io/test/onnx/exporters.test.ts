import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readOnnx, writeOnnx } from "@unroll/io/onnx";
import type { View } from "@unroll/kernels";
import { describe, expect, test } from "vitest";
import { Distances } from "./distances.ts";
import { outputsOf, randomCase } from "./random-case.ts";
import { runFile, statesOf } from "./run-file.ts";

const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/onnx/${name}.json`, import.meta.url), "utf8"));
/** A copy, so that it begins at a multiple of 8. */
const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "base64"));
const float32s = (text: string): number[] => [...new Float32Array(bytesOf(text).buffer)];
const float64s = (text: string): number[] => [...new Float64Array(bytesOf(text).buffer)];
const int64s = (text: string): number[] => [...new BigInt64Array(bytesOf(text).buffer)].map(Number);

function expectClose(got: readonly number[], expected: readonly number[], bound: number): void {
  expect(got.length).toBe(expected.length);
  for (const [i, y] of expected.entries())
    if (!(Math.abs(got[i]! - y) <= bound * Math.max(1, Math.abs(y))))
      throw new Error(`number ${i} is ${got[i]}, expected ${y}`);
}

interface TorchCase {
  name: string;
  onnx: string;
  shape: number[];
  x: string;
  h0?: string;
  y32: string;
  y64: string;
}

describe("files of PyTorch's exporter", () => {
  const { cases }: { cases: TorchCase[] } = fixture("pytorch");
  const distances = new Distances();

  test.each(cases)("$name, x of $shape", ({ onnx, shape, x, h0, y32, y64, name }) => {
    const file = readOnnx(bytesOf(onnx));
    const { axes, tokens } = file.input;
    expect(file.producer).toMatch(/^pytorch 1\.13/);
    expect(axes.length).toBe(shape.length);
    const size = (letter: string): number => (axes.includes(letter) ? shape[axes.indexOf(letter)]! : 1);
    const of = { steps: size("T"), batch: size("B") };
    const values = tokens ? int64s(x) : float32s(x);
    const states = h0 === undefined ? undefined : Float32Array.from(float32s(h0));
    const run = (as: typeof file): number[] =>
      runFile(as, values, of, states && statesOf(as.model, states, of.batch));

    const exact = float64s(y64);
    const wide = run(readOnnx(bytesOf(onnx), { type: "float64" }));
    expectClose(wide, exact, 2e-7); // what is promised
    expectClose(wide, exact, 1e-13); // what it is
    distances.add(name, run(readOnnx(bytesOf(onnx), { type: "float32" })), float32s(y32), exact);
  });

  test("in float32 we are not further from float64 than twice PyTorch", () => {
    const { ours, theirs } = distances.rms;
    expect(ours).toBeLessThanOrEqual(2 * theirs);
  });

  test("what of the input is time and what batch is found out", () => {
    const found = new Map(
      cases.map(({ name, onnx }) => {
        const { input, output } = readOnnx(bytesOf(onnx));
        return [name, `${input.axes} ${output.axes}`];
      }),
    );
    expect(Object.fromEntries(found)).toEqual({
      plain: "TBI TBO",
      "two layers, states in and out": "TBI TBO",
      "batch first, relu, no biases": "BTI BTO",
      "last output": "BTI BO",
      "last output, time first": "TBI BO",
      "last state of three layers": "TBI BO",
      "no head": "TBI TBO",
      "two linear layers": "TBI TBO",
      "fixed sizes": "BTI BTO",
      "one sequence without batch": "TI TO",
      embedding: "BT BTO",
      "embedding, operator set 9": "BT BTO",
      "embedding, operator set 16, nothing folded": "TB TBO",
      "reshaped by sizes": "TBI TBO",
      "a linear layer between": "TBI (TB)O",
      float64: "BTI BTO",
    });
  });
});

interface GraphCase {
  name: string;
  onnx: string;
  tokens: boolean;
  axes: [string, string];
  x: string;
  steps: number;
  batch: number;
  y64: string;
}

describe("graphs as the converters of Keras write them, and others", () => {
  const { cases }: { cases: GraphCase[] } = fixture("graphs");

  test.each(cases)("$name", ({ onnx, tokens, axes, x, steps, batch, y64 }) => {
    const file = readOnnx(bytesOf(onnx));
    expect([file.input.axes, file.output.axes, file.input.tokens]).toEqual([...axes, tokens]);
    const values = tokens ? int64s(x) : float32s(x);
    const exact = float64s(y64);
    expectClose(
      runFile(readOnnx(bytesOf(onnx), { type: "float64" }), values, { steps, batch }),
      exact,
      1e-13,
    );
    expectClose(runFile(file, values, { steps, batch }), exact, 2e-6);
  });
});

describe("ONNX Runtime on our files", () => {
  const { cases }: { cases: { sha256: string; values: string }[] } = fixture("onnxruntime");
  const distances = new Distances();

  test(`gave for ${cases.length} random models what we give`, () => {
    for (const [seed, { sha256, values }] of cases.entries()) {
      const ours = randomCase(seed);
      const bytes = writeOnnx(ours.model, { tokens: ours.tokens });
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256); // it ran this very file
      const exact = outputsOf(randomCase(seed, "float64"));
      const mine = outputsOf(ours);
      distances.add(`seed ${seed}`, [...mine.outputs, ...mine.states], float32s(values), [
        ...exact.outputs,
        ...exact.states,
      ]);
    }
    const { ours, theirs } = distances.rms;
    expect(ours).toBeLessThanOrEqual(2 * theirs);
  });
});

test("states to start from are handed over", () => {
  const { cases }: { cases: GraphCase[] } = fixture("graphs");
  const states = (name: string): readonly View[] | undefined =>
    readOnnx(bytesOf(cases.find((each) => each.name === name)!.onnx)).initialStates;
  expect(states("initial states")?.map(({ rows, columns }) => [rows, columns])).toEqual([
    [3, 5],
    [3, 4],
  ]);
  expect([...states("initial states")![1]!.data]).toEqual(new Array(12).fill(0));
  expect(states("one initial state for all")?.map(({ rows, columns }) => [rows, columns])).toEqual([[1, 5]]);
  expect(states("layout 1")).toBeUndefined();
});
