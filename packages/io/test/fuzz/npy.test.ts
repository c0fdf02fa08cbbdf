import type { Tensor } from "@unroll/io";
import { readNpy } from "@unroll/io/numpy";
import { FormatError } from "@unroll/kernels";
import { describe, expect, test } from "vitest";
import { fuzz, share } from "./loop.ts";
import { npy } from "./npy/subject.ts";

const { count, seed } = share(20_000);

test(`npy: ${count} broken and whole files, seed ${seed}`, async () => {
  const counts = await fuzz(npy(), count, seed);
  expect(counts.get("accepted")).toBeGreaterThan(count / 10);
  // Every rule is reached.
  expect([...counts.keys()].sort()).toEqual([
    "accepted",
    "bytes-left",
    "dtype",
    "duplicate-key",
    "header-length",
    "header-limit",
    "literal",
    "magic",
    "missing-key",
    "newline",
    "number",
    "object",
    "past-end",
    "rank",
    "structured",
    "too-short",
    "unknown-key",
    "utf-8",
    "version",
  ]);
});

describe("the loop notices a reader that", () => {
  const changes = (change: (tensor: Tensor) => Tensor) => (bytes: Uint8Array) => change(readNpy(bytes));

  test.each(["bytes-left", "past-end", "dtype", "literal", "duplicate-key", "newline", "version"])(
    "forgives %s",
    async (rule) => {
      const read = (bytes: Uint8Array): Tensor => {
        try {
          return readNpy(bytes);
        } catch (error) {
          if ((error as FormatError).details.rule !== rule) throw error;
          return { dtype: "U8", shape: [0], data: new Uint8Array(0) };
        }
      };
      await expect(fuzz(npy(read), 20_000, 2)).rejects.toThrow("read, but the reference refuses it");
    },
  );

  test("takes Fortran order for C order", async () => {
    const read = changes((tensor) => ({ ...tensor, shape: [...tensor.shape].reverse() }));
    await expect(fuzz(npy(read), 20_000, 2)).rejects.toThrow("read as something else");
  });

  test("keeps the bytes of the other order", async () => {
    const read = changes((tensor) => {
      const bytes = new Uint8Array(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength);
      if (tensor.dtype === "U32" && bytes[0] !== bytes[3]) bytes.subarray(0, 4).reverse();
      return tensor;
    });
    await expect(fuzz(npy(read), 20_000, 2)).rejects.toThrow("read as something else");
  });

  test("refuses numbers", async () => {
    const read = changes((tensor) => {
      if (tensor.shape.length === 0) throw new FormatError("read", "a number", 0, { rule: "number" });
      return tensor;
    });
    await expect(fuzz(npy(read), 20_000, 2)).rejects.toThrow("a number");
  });
});
