import { readFileSync } from "node:fs";
import { type OnnxFile, readOnnx } from "@unroll/io/onnx";
import { FormatError } from "@unroll/kernels";
import { describe, expect, test } from "vitest";
import { fuzz } from "./fuzz/fuzz.ts";

/** The command `fuzz` sets other numbers. */
const COUNT = Number(process.env.FUZZ_INPUTS ?? 6_000);
const SEED = Number(process.env.FUZZ_SEED ?? 1);

const seeds = ["pytorch", "graphs"].flatMap((name) => {
  const text = readFileSync(new URL(`../fixtures/onnx/${name}.json`, import.meta.url), "utf8");
  const { cases }: { cases: { onnx: string }[] } = JSON.parse(text);
  return cases.map(({ onnx }) => Uint8Array.from(Buffer.from(onnx, "base64")));
});
const read = (bytes: Uint8Array): OnnxFile => readOnnx(bytes, { type: "float64", kernels: "portable" });

test(`${COUNT} changed files, seed ${SEED}: each is read as what it says, or refused with a type`, () => {
  const counts = fuzz(read, seeds, COUNT, SEED);
  expect(counts.get("accepted")).toBeGreaterThan(COUNT / 5);
  expect([...counts.keys()]).toEqual(
    expect.arrayContaining([
      "attribute",
      "data-type",
      "dims",
      "domain",
      "duplicate-name",
      "field-number",
      "group",
      "length",
      "missing-field",
      "operator",
      "opset",
      "repeated-field",
      "shape",
      "size",
      "structure",
      "truncated",
      "undefined-name",
      "unknown-field",
      "utf-8",
      "wire-type",
    ]),
  );
});

describe("the loop notices a reader that", () => {
  const changes = (change: (file: OnnxFile) => OnnxFile) => (bytes: Uint8Array) => change(read(bytes));

  test("changes a parameter", () => {
    const flip = changes((file) => {
      const { data, offset } = file.model.parameters;
      data[offset + file.model.inputs]! += 0.5;
      file.model.parametersChanged();
      return file;
    });
    expect(() => fuzz(flip, seeds, 1000, 2)).toThrow("read as another network");
  });

  test("takes batch for time", () => {
    const turned = (axes: string): string => axes.replace(/TB|BT/, (pair) => (pair === "TB" ? "BT" : "TB"));
    const turn = changes(({ input, ...rest }) => ({
      ...rest,
      input: { ...input, axes: turned(input.axes) },
    }));
    expect(() => fuzz(turn, seeds, 1000, 2)).toThrow("read as another network");
  });

  test("forgets states to start from", () => {
    const forget = changes((file) => ({ ...file, initialStates: undefined }));
    expect(() => fuzz(forget, seeds, 1000, 2)).toThrow("read as another network");
  });

  test("throws what is no error of ours", () => {
    const crash = (bytes: Uint8Array): OnnxFile => {
      if (bytes.length % 50 === 0) throw new TypeError("x is undefined");
      return read(bytes);
    };
    expect(() => fuzz(crash, seeds, 1000, 2)).toThrow("an untyped error: TypeError: x is undefined");
  });

  test("refuses a right file, or points past the end", () => {
    const refuse = (offset: number) => (): OnnxFile => {
      throw new FormatError("read", "no", offset, { rule: "shape" });
    };
    expect(() => fuzz(refuse(0), seeds, 1000, 2)).toThrow("a right file is refused");
    expect(() => fuzz(refuse(1e6), seeds, 1000, 2)).toThrow("the error points at 1000000");
  });
});
