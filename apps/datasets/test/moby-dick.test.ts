import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { foldText, splitByPosition } from "@unroll/datasets";
import { expect, test } from "vitest";

const folder = new URL("../data/", import.meta.url);
const bytes = readFileSync(new URL("moby-dick.txt", folder));
const sha256 = (data: Buffer | string): string => createHash("sha256").update(data).digest("hex");

test("the file is what it is said to be: 1,190,317 characters, 83 symbols, LF, no header", () => {
  const text = bytes.toString("utf8");
  expect(Array.from(text)).toHaveLength(1_190_317);
  expect(new Set(text).size).toBe(83);
  expect(text).not.toContain("\r");
  expect(text).not.toContain("Gutenberg");
});

test("folding gives 1,191,933 characters of 80 symbols", () => {
  const folded = foldText(bytes.toString("utf8"));
  expect(sha256(folded).slice(0, 16)).toBe("52ee15b20f3a5101");
  expect(folded).toHaveLength(1_191_933);
  expect(new Set(folded).size).toBe(80);
  expect(splitByPosition(folded.length)).toEqual({ train: 953_546, validation: 1_072_739, test: 1_191_933 });
});

test("folding keeps ASCII, unfolds quotes and dashes, and drops accents and the rest", () => {
  expect(foldText("“Ahab’s” — café\n\tœ∞")).toBe('"Ahab\'s" -- cafe\n');
  expect(foldText("")).toBe("");
});

test("a split of a short text has no overlap and no hole", () => {
  for (let length = 0; length <= 30; length++) {
    const { train, validation, test: end } = splitByPosition(length);
    expect(train).toBeLessThanOrEqual(validation);
    expect(validation).toBeLessThanOrEqual(end);
    expect(end).toBe(length);
  }
});
