import { readSafetensors, type SafetensorsFile } from "@unroll/io";
import { FormatError } from "@unroll/kernels";
import { describe, expect, test } from "vitest";
import { fuzz } from "./fuzz/fuzz.ts";

/** The command `fuzz` sets other numbers. */
const COUNT = Number(process.env.FUZZ_INPUTS ?? 20_000);
const SEED = Number(process.env.FUZZ_SEED ?? 1);

test(`${COUNT} broken and whole files, seed ${SEED}: each is read as the reference reads it, or refused with a type`, () => {
  const counts = fuzz(readSafetensors, COUNT, SEED);
  expect(counts.get("accepted")).toBeGreaterThan(COUNT / 10);
  // Every rule is reached, but the limit of 10 MB.
  expect([...counts.keys()].sort()).toEqual([
    "accepted",
    "byte-order-mark",
    "bytes-left",
    "dtype",
    "duplicate-key",
    "header-length",
    "header-start",
    "hole",
    "json",
    "missing-key",
    "number",
    "offsets",
    "overlap",
    "padding",
    "past-end",
    "rank",
    "size",
    "surrogate",
    "too-short",
    "type",
    "unknown-key",
    "utf-8",
  ]);
});

describe("the loop notices a reader that", () => {
  const ruleOf = (error: unknown) => (error as FormatError).details.rule;
  const forgives = (rule: string) => (bytes: Uint8Array) => {
    try {
      return readSafetensors(bytes);
    } catch (error) {
      if (ruleOf(error) !== rule) throw error;
      return { metadata: new Map(), tensors: new Map() } as SafetensorsFile;
    }
  };
  const changes = (change: (file: SafetensorsFile) => unknown) => (bytes: Uint8Array) => {
    const file = readSafetensors(bytes);
    change(file);
    return file;
  };

  test.each([
    "hole",
    "overlap",
    "size",
    "bytes-left",
    "past-end",
    "padding",
    "utf-8",
    "dtype",
    "offsets",
    "json",
    "duplicate-key",
  ])("forgives %s", (rule) => {
    expect(() => fuzz(forgives(rule), 20_000, 2)).toThrow("read, but the reference refuses it");
  });

  test("throws what is no error of ours", () => {
    const read = (bytes: Uint8Array) => {
      if (bytes[100] === 0x22) throw new TypeError("x is undefined");
      return readSafetensors(bytes);
    };
    expect(() => fuzz(read, 20_000, 2)).toThrow("an untyped error: TypeError: x is undefined");
  });

  test("refuses scalars", () => {
    const read = changes(({ tensors }) => {
      for (const { shape } of tensors.values())
        if (shape.length === 0) throw new FormatError("read", "a scalar", 0, { rule: "scalar" });
    });
    expect(() => fuzz(read, 20_000, 2)).toThrow("a scalar");
  });

  test("points past the end", () => {
    const read = (): SafetensorsFile => {
      throw new FormatError("read", "no", 1e6, { rule: "json" });
    };
    expect(() => fuzz(read, 20_000, 2)).toThrow("the error points at 1000000");
  });

  test("changes a bit, loses a tensor or a text", () => {
    const flip = changes(({ tensors }) => {
      for (const { data } of tensors.values())
        if (data.byteLength > 0) new Uint8Array(data.buffer, data.byteOffset, 1)[0]! ^= 1;
    });
    const lose = changes(({ tensors }) => tensors.delete("a"));
    const clear = changes(({ metadata }) => metadata.clear());
    for (const read of [flip, lose, clear])
      expect(() => fuzz(read, 20_000, 2)).toThrow("read as something else");
  });
});
