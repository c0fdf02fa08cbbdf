import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DataError } from "../errors.ts";
import { readText } from "./read-text.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "unroll-demo-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function* nothing(): AsyncGenerator<string> {}
async function* pieces(...chunks: (string | Uint8Array)[]): AsyncGenerator<string | Uint8Array> {
  yield* chunks;
}

const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

test("the built-in text is Moby Dick, folded", async () => {
  const { name, text } = await readText("moby-dick", nothing());
  expect(name).toBe("moby-dick");
  expect(text).toHaveLength(1_191_933);
});

test("a file is taken as it is, but for its line ends and a byte order mark", async () => {
  expect(await readText(file("my.poem.txt", "\ufeffÀ la “mer”\r\n\rx\n"), nothing())).toEqual({
    name: "my.poem",
    text: "À la “mer”\n\rx\n",
    folded: false,
  });
});

test("a file is folded if asked", async () => {
  const path = file("fold.txt", "À la “mer”\r\n鯨");
  expect(await readText(path, nothing(), true)).toEqual({ name: "fold", text: 'A la "mer"\n', folded: true });
  await expect(readText(file("whale.txt", "鯨"), nothing(), true)).rejects.toThrow("is empty after folding");
});

test("`-` is the standard input, in pieces that may split a character", async () => {
  const bytes = Buffer.from("añb");
  const { name, text } = await readText("-", pieces(bytes.subarray(0, 2), bytes.subarray(2), "!"));
  expect({ name, text }).toEqual({ name: "stdin", text: "añb!" });
});

describe("what cannot be read is a DataError that names the file", () => {
  const cases: [string, () => string, RegExp][] = [
    [
      "no file",
      () => join(folder, "none.txt"),
      /none\.txt: cannot be read: there is no such file or folder$/,
    ],
    ["a folder", () => folder, /: cannot be read: it is a folder, expected a file$/],
    [
      "a path through a file",
      () => join(file("f", "x"), "g"),
      /: cannot be read: part of its path is a file/,
    ],
    ["an empty file", () => file("empty.txt", ""), /empty\.txt: is empty, expected text$/],
    ["a byte order mark alone", () => file("bom.txt", "\ufeff"), /bom\.txt: is empty, expected text$/],
    [
      "bytes that are no text",
      () => file("a.png", Uint8Array.of(0x89, 0x50)),
      /: byte 0, in line 1, is 0x89, expected text in UTF-8$/,
    ],
    [
      "a zero byte",
      () => file("zero", Uint8Array.of(97, 98, 0, 99)),
      /: byte 2, in line 1, is 0x00, expected text in UTF-8$/,
    ],
    [
      "Latin-1",
      () => file("latin", Uint8Array.of(97, 0xe9, 98)),
      /: byte 1, in line 1, is 0xe9, expected text in UTF-8$/,
    ],
    [
      "a character cut in two",
      () => file("cut", Uint8Array.of(97, 0xc3)),
      /: byte 1, in line 1, is 0xc3, expected text in UTF-8$/,
    ],
  ];
  test.each(cases)("%s", async (_, path, message) => {
    const error = await readText(path(), nothing()).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DataError);
    expect((error as DataError).code).toBe("data");
    expect((error as DataError).message).toMatch(message);
    expect((error as DataError).details.expected).toBeDefined();
  });

  test("an empty standard input", async () => {
    await expect(readText("-", nothing())).rejects.toThrow("standard input: is empty, expected text");
  });
});
