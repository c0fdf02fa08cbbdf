import { readSafetensors, type SafetensorsFile } from "@unroll/io";
import { FormatError } from "@unroll/kernels";
import { describe, expect, test } from "vitest";
import { SAFETENSORS_RULES } from "../safetensors-rules.ts";
import { fuzz, share } from "./loop.ts";
import { safetensors } from "./safetensors/subject.ts";

const { count, seed } = share(20_000);

test(`safetensors: ${count} broken and whole files, seed ${seed}`, async () => {
  const counts = await fuzz(safetensors(), count, seed);
  expect(counts.get("accepted")).toBeGreaterThan(count / 10);
  // Every rule is reached, but the limit of 10 MB.
  expect([...counts.keys()].sort()).toEqual([
    "accepted",
    ...SAFETENSORS_RULES.filter((rule) => rule !== "header-limit"),
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
  ])("forgives %s", async (rule) => {
    await expect(fuzz(safetensors(forgives(rule)), 20_000, 2)).rejects.toThrow(
      "read, but the reference refuses it",
    );
  });

  test("throws what is no error of ours", async () => {
    const read = (bytes: Uint8Array) => {
      if (bytes[100] === 0x22) throw new TypeError("x is undefined");
      return readSafetensors(bytes);
    };
    await expect(fuzz(safetensors(read), 20_000, 2)).rejects.toThrow(
      "an untyped error: TypeError: x is undefined",
    );
  });

  test("refuses scalars", async () => {
    const read = changes(({ tensors }) => {
      for (const { shape } of tensors.values())
        if (shape.length === 0) throw new FormatError("read", "a scalar", 0, { rule: "scalar" });
    });
    await expect(fuzz(safetensors(read), 20_000, 2)).rejects.toThrow("a scalar");
  });

  test("points past the end", async () => {
    const read = (): SafetensorsFile => {
      throw new FormatError("read", "no", 1e6, { rule: "json" });
    };
    await expect(fuzz(safetensors(read), 20_000, 2)).rejects.toThrow("the error points at 1000000");
  });

  test("changes a bit, loses a tensor or a text", async () => {
    const flip = changes(({ tensors }) => {
      for (const { data } of tensors.values())
        if (data.byteLength > 0) new Uint8Array(data.buffer, data.byteOffset, 1)[0]! ^= 1;
    });
    const lose = changes(({ tensors }) => tensors.delete("a"));
    const clear = changes(({ metadata }) => metadata.clear());
    for (const read of [flip, lose, clear])
      await expect(fuzz(safetensors(read), 20_000, 2)).rejects.toThrow("read as something else");
  });
});
