import type { Tensor } from "@unroll/io";
import { readNpz } from "@unroll/io/numpy";
import type { FormatError } from "@unroll/kernels";
import { describe, expect, test } from "vitest";
import { fuzz, share } from "./loop.ts";
import { npz } from "./npz/subject.ts";

const { count, seed } = share(5000);

test(`npz: ${count} broken and whole archives, seed ${seed}`, async () => {
  const counts = await fuzz(npz(), count, seed);
  expect(counts.get("accepted")).toBeGreaterThan(count / 10);
  // Every rule of the archive is reached; those of the arrays are fuzzed by themselves.
  for (const rule of [
    "crc",
    "data-descriptor",
    "deflate",
    "directory",
    "disks",
    "duplicate-name",
    "encoding",
    "encryption",
    "end-record",
    "extra",
    "flags",
    "headers-differ",
    "hole",
    "inflation-limit",
    "local-header",
    "member",
    "method",
    "overlap",
    "past-end",
    "size",
    "too-short",
    "utf-8",
    "zip64",
  ])
    expect([...counts.keys()]).toContain(rule);
});

describe("the loop notices a reader that", () => {
  test.each(["crc", "deflate", "headers-differ", "hole", "overlap", "duplicate-name", "directory", "disks"])(
    "forgives %s",
    async (rule) => {
      const read = async (bytes: Uint8Array): Promise<Map<string, Tensor>> => {
        try {
          return await readNpz(bytes);
        } catch (error) {
          if ((error as FormatError).details.rule !== rule) throw error;
          return new Map();
        }
      };
      await expect(fuzz(npz(read), 5000, 2)).rejects.toThrow("read, but the reference refuses it");
    },
  );

  test("loses an array, or mixes two up", async () => {
    const changes = (change: (tensors: Map<string, Tensor>) => void) => async (bytes: Uint8Array) => {
      const tensors = await readNpz(bytes);
      change(tensors);
      return tensors;
    };
    const lose = changes((tensors) => tensors.delete("a"));
    const swap = changes((tensors) => {
      const [[first, a] = [], [second, b] = []] = tensors;
      if (first !== undefined && second !== undefined && a && b) tensors.set(first, b).set(second, a);
    });
    for (const read of [lose, swap])
      await expect(fuzz(npz(read), 5000, 2)).rejects.toThrow("read as something else");
  });
});
