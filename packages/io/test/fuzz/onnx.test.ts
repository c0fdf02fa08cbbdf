import type { OnnxFile } from "@unroll/io/onnx";
import { FormatError } from "@unroll/kernels";
import { describe, expect, test } from "vitest";
import { fuzz, share } from "./loop.ts";
import { onnx, readWide } from "./onnx/subject.ts";

const { count, seed } = share(6_000);

test(`ONNX: ${count} changed files, seed ${seed}`, async () => {
  const counts = await fuzz(onnx(), count, seed);
  expect(counts.get("accepted")).toBeGreaterThan(count / 5);
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
  const changes = (change: (file: OnnxFile) => OnnxFile) => (bytes: Uint8Array) => change(readWide(bytes));

  test("changes a parameter", async () => {
    const flip = changes((file) => {
      const { data, offset } = file.model.parameters;
      data[offset + file.model.inputs]! += 0.5;
      file.model.parametersChanged();
      return file;
    });
    await expect(fuzz(onnx(flip), 1000, 2)).rejects.toThrow("read as another network");
  });

  test("takes batch for time", async () => {
    const turned = (axes: string): string => axes.replace(/TB|BT/, (pair) => (pair === "TB" ? "BT" : "TB"));
    const turn = changes(({ input, ...rest }) => ({
      ...rest,
      input: { ...input, axes: turned(input.axes) },
    }));
    await expect(fuzz(onnx(turn), 1000, 2)).rejects.toThrow("read as another network");
  });

  test("forgets states to start from", async () => {
    const forget = changes((file) => ({ ...file, initialStates: undefined }));
    await expect(fuzz(onnx(forget), 1000, 2)).rejects.toThrow("read as another network");
  });

  test("throws what is no error of ours", async () => {
    const crash = (bytes: Uint8Array): OnnxFile => {
      if (bytes.length % 50 === 0) throw new TypeError("x is undefined");
      return readWide(bytes);
    };
    await expect(fuzz(onnx(crash), 1000, 2)).rejects.toThrow("an untyped error: TypeError: x is undefined");
  });

  test("refuses a right file, or points past the end", async () => {
    const refuse = (offset: number) => (): OnnxFile => {
      throw new FormatError("read", "no", offset, { rule: "shape" });
    };
    await expect(fuzz(onnx(refuse(0)), 1000, 2)).rejects.toThrow("a right file is refused");
    await expect(fuzz(onnx(refuse(1e6)), 1000, 2)).rejects.toThrow("the error points at 1000000");
  });
});
