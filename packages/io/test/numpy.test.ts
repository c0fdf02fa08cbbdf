import { readFileSync } from "node:fs";
import type { Tensor } from "@unroll/io";
import { readNpy, readNpz, writeNpy, writeNpz } from "@unroll/io/numpy";
import { describe, expect, test } from "vitest";
import { thrown } from "./files.ts";

interface Contents {
  readonly dtype: string;
  readonly shape: number[];
  readonly bits: string;
}

/** Files that NumPy wrote, by fixtures/numpy-files.py. */
const { cases, refused, archives } = JSON.parse(
  readFileSync(new URL("fixtures/numpy-files.json", import.meta.url), "utf8"),
) as {
  cases: (Contents & { name: string; file: string; same: boolean })[];
  refused: Record<string, string>;
  archives: Record<string, string> & { arrays: Record<string, Contents> };
};

const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, "base64"));

function contentsOf({ dtype, shape, data }: Tensor): Contents {
  const bits = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("hex");
  return { dtype, shape: [...shape], bits };
}

describe("an array that NumPy saved", () => {
  test.each(cases)("$name", ({ file, same, dtype, shape, bits }) => {
    const bytes = bytesOf(file);
    const tensor = readNpy(bytes);
    expect(contentsOf(tensor)).toEqual({ dtype, shape, bits });
    expect(contentsOf(readNpy(writeNpy(tensor)))).toEqual({ dtype, shape, bits });
    const written = Buffer.from(writeNpy(tensor)).toString("latin1");
    if (same) expect(written).toBe(Buffer.from(bytes).toString("latin1"));
    // Wherever it stands in memory.
    const moved = new Uint8Array(bytes.length + 1);
    moved.set(bytes, 1);
    expect(contentsOf(readNpy(moved.subarray(1)))).toEqual({ dtype, shape, bits });
  });

  test("is not copied if it stands as it should", () => {
    const bytes = bytesOf(cases.find(({ name }) => name === "four dimensions")!.file);
    expect(readNpy(bytes).data.buffer).toBe(bytes.buffer);
  });

  const messages: Record<string, [rule: string, message: string]> = {
    object: [
      "object",
      'readNpy: descr is "|O": an array of objects is pickled Python, which is never read (at byte 20)',
    ],
    structured: ["structured", "descr has fields: a structured array (at byte 20)"],
    "structured, version 3": ["structured", "descr has fields: a structured array (at byte 22)"],
    complex: ["dtype", 'descr is "<c16": complex numbers'],
    "byte strings": ["dtype", 'descr is "|S2": byte strings'],
    strings: ["dtype", 'descr is "<U2": strings'],
    void: ["dtype", 'descr is "|V4": raw or structured data'],
    dates: ["dtype", 'descr is "<M8[D]": dates'],
    "time spans": ["dtype", 'descr is "<m8[s]": time spans'],
    "long double": ["dtype", 'descr is "<f16": an element type that is not read'],
  };
  test.each(Object.entries(refused))("of another type is refused by name: %s", (name, file) => {
    const error = thrown(() => readNpy(bytesOf(file)));
    const [rule, message] = messages[name]!;
    expect(error).toMatchObject({ code: "unsupported", details: { rule } });
    expect(error.message).toContain(message);
  });
});

describe("an archive that NumPy saved", () => {
  const list = (tensors: Map<string, Tensor>) =>
    [...tensors].map(([name, tensor]) => [name, contentsOf(tensor)]);

  test.each(["stored", "stored, by an older Python", "compressed"])("%s", async (name) => {
    expect(list(await readNpz(bytesOf(archives[name]!)))).toEqual(Object.entries(archives.arrays));
  });

  test("stored is what we write for the same arrays", async () => {
    const bytes = bytesOf(archives.stored!);
    expect(Buffer.from(writeNpz(await readNpz(bytes))).equals(bytes)).toBe(true);
  });

  test("of no arrays", async () => {
    expect(await readNpz(bytesOf(archives.empty!))).toEqual(new Map());
    expect(Buffer.from(writeNpz({})).equals(bytesOf(archives.empty!))).toBe(true);
  });

  test("written by Python's zipfile, whose headers are shorter", async () => {
    expect([...(await readNpz(bytesOf(archives["by zipfile"]!))).keys()]).toEqual(["a"]);
  });

  test("that inflates to more than twice its size is read if that is asked for", async () => {
    const bytes = bytesOf(archives.bomb!);
    const limit = 2 * bytes.length + 2 ** 20;
    const entry = bytes.length - 22 - 46 - "a.npy".length;
    const refusal = `readNpz: the archive inflates to more than maxInflatedBytes = ${limit} (at byte ${entry})`;
    await expect(readNpz(bytes)).rejects.toThrow(refusal);
    await expect(readNpz(bytes)).rejects.toMatchObject({ code: "unsupported" });
    const tensors = await readNpz(bytes, { maxInflatedBytes: 2_400_128 });
    expect(tensors.get("a")!.data).toEqual(new Float64Array(300_000));
    await expect(readNpz(bytes, { maxInflatedBytes: 2_400_127 })).rejects.toThrow(
      "maxInflatedBytes = 2400127",
    );
  });

  test.each([
    ["pipe", "data-descriptor", 'the sizes of member "a.npy" follow its data'],
    ["other member", "member", 'member "README" is no array: its name does not end with .npy'],
    ["bzip2", "method", 'compression method 12 of member "a.npy"'],
    ["comment", "comment", "an archive with a comment at its end"],
  ])("in another way is refused by name: %s", async (name, rule, message) => {
    const reading = readNpz(bytesOf(archives[name]!));
    await expect(reading).rejects.toMatchObject({ code: "unsupported", details: { rule } });
    await expect(reading).rejects.toThrow(message);
  });
});

describe("what cannot be written", () => {
  const row: Tensor = { dtype: "F32", shape: [2], data: Float32Array.of(1, 2) };
  const half: Tensor = { dtype: "BF16", shape: [1], data: Uint16Array.of(1) };
  test.each([
    [
      "a type that NumPy has not",
      () => writeNpy(half),
      'writeNpy: dtype of the array is "BF16", expected a type that NumPy has',
    ],
    [
      "a shape of more elements",
      () => writeNpy({ ...row, shape: [3] }),
      "writeNpy: length of the data of the array is 2, expected 3 for [3]",
    ],
    ["half a surrogate pair", () => writeNpz({ "\ud800": row }), "writeNpz: name of an array is"],
    [
      "a name of 70,000 letters",
      () => writeNpz({ ["x".repeat(70_000)]: row }),
      "writeNpz: length of the name of an array is 70004",
    ],
    ["nothing", () => writeNpz({ a: undefined as never }), 'writeNpz: array "a" is undefined'],
  ])("%s", (_, write, message) => {
    expect(write).toThrow(message);
  });
});

test("what is not bytes, and options that are none", async () => {
  expect(() => readNpy("x" as never)).toThrow('readNpy: bytes is "x", expected a Uint8Array');
  await expect(readNpz([] as never)).rejects.toThrow("readNpz: bytes is [], expected a Uint8Array");
  const bytes = writeNpz({});
  await expect(readNpz(bytes, { limit: 1 } as object)).rejects.toThrow("no such option: maxInflatedBytes");
  await expect(readNpz(bytes, { maxInflatedBytes: -1 })).rejects.toMatchObject({ code: "option" });
});
