import { readFileSync } from "node:fs";
import { readSafetensors, type Tensor, writeSafetensors } from "@unroll/io";
import { describe, expect, test } from "vitest";
import { file } from "./files.ts";

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));

interface Expected {
  metadata: Record<string, string>;
  tensors: { name: string; dtype: string; shape: number[]; bits: string[] }[];
}
const expected: Expected = JSON.parse(new TextDecoder().decode(fixture("expected.json")));

/** The elements as hexadecimal numbers, without passing through a floating-point register. */
function bitsOf({ data }: Tensor): string[] {
  const bytes = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const size = data.BYTES_PER_ELEMENT;
  return Array.from({ length: data.length }, (_, i) => {
    let word = 0n;
    for (let k = size - 1; k >= 0; k--) word = (word << 8n) | BigInt(bytes.getUint8(i * size + k));
    return word.toString(16);
  });
}

function describeAll(tensors: ReadonlyMap<string, Tensor>) {
  return [...tensors].map(([name, tensor]) => ({
    name,
    dtype: tensor.dtype,
    shape: tensor.shape,
    bits: bitsOf(tensor),
  }));
}

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);

describe("files written by NumPy", () => {
  test.each(["canonical.safetensors", "loose.safetensors"])("%s has the bits that NumPy put in", (name) => {
    const { metadata, tensors } = readSafetensors(fixture(name));
    expect(describeAll(tensors).sort(byName)).toEqual(expected.tensors.sort(byName));
    expect(Object.fromEntries(metadata)).toEqual(expected.metadata);
  });

  test("the canonical file is what we write, byte for byte, whichever file we read", () => {
    const canonical = fixture("canonical.safetensors");
    for (const name of ["canonical.safetensors", "loose.safetensors"]) {
      const { metadata, tensors } = readSafetensors(fixture(name));
      expect(writeSafetensors(tensors, metadata)).toEqual(canonical);
    }
  });

  test("the comparison notices one flipped bit, a changed shape and a lost tensor", () => {
    const compare = (bytes: Uint8Array) =>
      expect(describeAll(readSafetensors(bytes).tensors).sort(byName)).toEqual(expected.tensors.sort(byName));
    const flipped = fixture("canonical.safetensors");
    flipped[flipped.length - 1]! ^= 1;
    expect(() => compare(flipped)).toThrow();
    const { tensors } = readSafetensors(fixture("canonical.safetensors"));
    const f32 = tensors.get("f32")!;
    expect(() => compare(writeSafetensors(new Map(tensors).set("f32", { ...f32, shape: [5, 2] })))).toThrow();
    tensors.delete("bool");
    expect(() => compare(writeSafetensors(tensors))).toThrow();
  });
});

describe("reading", () => {
  test("types of the arrays", () => {
    const { tensors } = readSafetensors(fixture("canonical.safetensors"));
    const arrays = new Map([...tensors.values()].map(({ dtype, data }) => [dtype, data.constructor.name]));
    expect(Object.fromEntries(arrays)).toEqual({
      U64: "BigUint64Array",
      I64: "BigInt64Array",
      F64: "Float64Array",
      F32: "Float32Array",
      U32: "Uint32Array",
      I32: "Int32Array",
      BF16: "Uint16Array",
      F16: "Uint16Array",
      U16: "Uint16Array",
      I16: "Int16Array",
      F8_E5M2FNUZ: "Uint8Array",
      F8_E4M3FNUZ: "Uint8Array",
      F8_E8M0: "Uint8Array",
      F8_E4M3: "Uint8Array",
      F8_E5M2: "Uint8Array",
      I8: "Int8Array",
      U8: "Uint8Array",
      BOOL: "Uint8Array",
    });
    const i64 = tensors.get("i64")!;
    if (i64.dtype !== "I64") throw new Error("the type is not narrowed");
    expect(i64.data[0]).toBe(-(2n ** 63n));
  });

  test("aligned data is shared, unaligned data is copied", () => {
    const bytes = fixture("canonical.safetensors");
    for (const tensor of readSafetensors(bytes).tensors.values())
      expect(tensor.data.buffer).toBe(bytes.buffer);
    for (let shift = 1; shift < 8; shift++) {
      const moved = new Uint8Array(bytes.length + shift).subarray(shift);
      moved.set(bytes);
      const { tensors } = readSafetensors(moved);
      expect(describeAll(tensors).sort(byName)).toEqual(expected.tensors.sort(byName));
      for (const { data } of tensors.values()) {
        const aligned = shift % data.BYTES_PER_ELEMENT === 0;
        expect(data.buffer === moved.buffer).toBe(aligned);
        if (!aligned) expect(data.buffer.byteLength).toBe(data.byteLength);
      }
    }
  });

  test("a Buffer of Node is read like any bytes", () => {
    const buffer = Buffer.concat([Buffer.alloc(3), fixture("canonical.safetensors")]).subarray(3);
    expect(describeAll(readSafetensors(buffer).tensors).length).toBe(expected.tensors.length);
  });

  test.each([
    ["no tensors", "{}", 0, []],
    ["no tensors, white space inside, padding", "{ \t\r\n}   ", 0, []],
    ["no tensors, empty metadata", '{"__metadata__":{}}', 0, []],
    ["a scalar", '{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}', 4, ["a"]],
    ["a dimension 0", '{"a":{"dtype":"F32","shape":[3,0],"data_offsets":[0,0]}}', 0, ["a"]],
    [
      "a dimension 0 beside ones whose product would overflow",
      '{"a":{"dtype":"F64","shape":[9007199254740991,9007199254740991,0],"data_offsets":[0,0]}}',
      0,
      ["a"],
    ],
    [
      "data in another order than the header, an empty tensor between",
      '{"a":{"dtype":"U8","shape":[2],"data_offsets":[3,5]},"b":{"dtype":"I64","shape":[0],"data_offsets":[3,3]},' +
        '"c":{"dtype":"I8","shape":[3],"data_offsets":[0,3]}}',
      5,
      ["a", "b", "c"],
    ],
    [
      "keys of an entry in another order",
      '{"a":{"data_offsets":[0,1],"shape":[1],"dtype":"BOOL"}}',
      1,
      ["a"],
    ],
    [
      "any name",
      '{"__proto__":{"dtype":"U8","shape":[],"data_offsets":[0,1]},"":{"dtype":"U8","shape":[],"data_offsets":[1,2]},' +
        '"\\ud83d\\ude00\\u0000\\/":{"dtype":"U8","shape":[],"data_offsets":[2,3]},"\ufeff":{"dtype":"U8","shape":[],"data_offsets":[3,4]}}',
      4,
      ["__proto__", "", "\u{1F600}\0/", "\ufeff"],
    ],
    ["64 dimensions", `{"a":{"dtype":"U8","shape":[${"1,".repeat(63)}1],"data_offsets":[0,1]}}`, 1, ["a"]],
  ])("accepts %s", (_, header, size, names) => {
    const { tensors } = readSafetensors(file(header, size));
    expect([...tensors.keys()]).toEqual(names);
    const again = readSafetensors(writeSafetensors(tensors));
    expect(describeAll(again.tensors).sort(byName)).toEqual(describeAll(tensors).sort(byName));
  });

  test("a header above the default limit is read if asked", () => {
    const header = `{${" ".repeat(10_000_000)}}`;
    expect(() => readSafetensors(file(header))).toThrow("above maxHeaderBytes = 10000000");
    expect(readSafetensors(file(header), { maxHeaderBytes: 10_000_002 }).tensors.size).toBe(0);
  });
});

describe("writing", () => {
  const row: Tensor = { dtype: "F32", shape: [1, 3], data: Float32Array.of(1, 2, 3) };

  test("a small file, byte for byte", () => {
    const bytes = writeSafetensors({ w: row }, { k: "v" });
    const header = '{"__metadata__":{"k":"v"},"w":{"dtype":"F32","shape":[1,3],"data_offsets":[0,12]}}      ';
    expect(header.length % 8).toBe(0);
    expect(bytes).toEqual(file(header, new Uint8Array(Float32Array.of(1, 2, 3).buffer)));
  });

  test("the order of maps leaves the bytes alone", () => {
    const entries: [string, Tensor][] = ["b", "a", "B", "é", "z"].map((name) => [name, row]);
    const metadata: [string, string][] = [
      ["y", "1"],
      ["x", "2"],
    ];
    const forward = writeSafetensors(new Map(entries), new Map(metadata));
    const backward = writeSafetensors(new Map(entries.reverse()), new Map(metadata.reverse()));
    expect(backward).toEqual(forward);
    expect([...readSafetensors(forward).tensors.keys()]).toEqual(["B", "a", "b", "z", "é"]);
  });

  test("arrays that are parts of larger ones are written as such", () => {
    const data = Float32Array.of(9, 1, 2, 3, 9).subarray(1, 4);
    expect(writeSafetensors({ w: { dtype: "F32", shape: [1, 3], data } })).toEqual(
      writeSafetensors({ w: row }),
    );
  });

  test("data begins at a multiple of 8 for every length of the header", () => {
    for (let n = 0; n < 17; n++) {
      const name = "n".repeat(n);
      const bytes = writeSafetensors({ [name]: row });
      expect(bytes.length % 8).toBe(4);
      expect(readSafetensors(bytes).tensors.get(name)!.data.buffer).toBe(bytes.buffer);
    }
  });

  const write = (name: string, tensor: unknown) => () =>
    writeSafetensors(new Map([[name, tensor as Tensor]]));
  test.each([
    ["the reserved name", write("__metadata__", row), 'name of a tensor is "__metadata__"'],
    ["half a surrogate pair in a name", write("\ud800", row), "no surrogate without its partner"],
    ["half a surrogate pair in the metadata", () => writeSafetensors({}, { k: "\udc00" }), 'metadata "k" is'],
    [
      "metadata that is no string",
      () => writeSafetensors({}, { k: 1 as never }),
      'metadata "k" is 1, expected a string',
    ],
    ["an unknown type", write("a", { ...row, dtype: "F12" }), 'dtype of tensor "a" is "F12"'],
    ["an array of another type", write("a", { ...row, dtype: "F64" }), "expected a Float64Array for F64"],
    ["no array", write("a", { ...row, data: [1, 2, 3] }), "expected a Float32Array for F32"],
    ["no data", write("a", { dtype: "F32", shape: [] }), 'data of tensor "a" is undefined'],
    ["nothing", write("a", undefined), 'tensor "a" is undefined'],
    ["too few elements", write("a", { ...row, shape: [2, 2] }), "is 3, expected 4 for [2,2]"],
    ["a negative dimension", write("a", { ...row, shape: [-1, -3] }), "is [-1, -3], expected integers"],
    ["no shape", write("a", { ...row, shape: 3 }), "is 3, expected integers"],
    [
      "a shape that overflows",
      write("a", { ...row, shape: [2 ** 52, 2 ** 52] }),
      "is 3, expected more than 2^53 - 1 for [4503599627370496,4503599627370496]",
    ],
  ])("refuses %s", (_, run, message) => {
    expect(run).toThrow(message);
  });
});
