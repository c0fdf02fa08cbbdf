import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { foldLetters, splitByOrder } from "@unroll/datasets";
import { expect, test } from "vitest";

const text = readFileSync(new URL("../data/names.json", import.meta.url), "utf8");
const names: Readonly<Record<string, string[]>> = JSON.parse(text);
const all = Object.values(names).flat();

test("names.json is what the lists of the pinned package give", () => {
  const script = fileURLToPath(new URL("../scripts/names.mjs", import.meta.url));
  expect(execFileSync(process.execPath, [script], { encoding: "utf8" })).toBe(
    "names.json is what the lists of @faker-js/faker give\n",
  );
});

test("ten languages, 9,442 names, 119 symbols, at most 24 characters", () => {
  expect(Object.keys(names)).toEqual([...Object.keys(names)].sort());
  expect(Object.entries(names).map(([language, { length }]) => [language, length])).toEqual([
    ["Croatian", 972],
    ["Czech", 1906],
    ["English", 420],
    ["German", 1589],
    ["Italian", 2140],
    ["Latvian", 398],
    ["Polish", 678],
    ["Romanian", 283],
    ["Spanish", 690],
    ["Turkish", 366],
  ]);
  expect(all).toHaveLength(9442);
  expect(new Set(all).size).toBe(9442);
  expect(new Set(all.join("")).size).toBe(119);
  expect(Math.max(...all.map((name) => name.length))).toBe(24);
});

test("of five in order, one is test and one validation", () => {
  const { train, validation, test } = splitByOrder([...all].sort());
  expect([train, validation, test].map(({ length }) => length)).toEqual([5666, 1888, 1888]);
  expect(splitByOrder([0, 1, 2, 3, 4, 5])).toEqual({ train: [0, 1, 2, 5], validation: [3], test: [4] });
  expect(splitByOrder([])).toEqual({ train: [], validation: [], test: [] });
});

test("letters are folded to ASCII", () => {
  expect(foldLetters("Łukasiewicz Đurić Ağaoğlu Işık Strauß Nuñez O’Hara")).toBe(
    "Lukasiewicz Duric Agaoglu Isik Strauss Nunez O’Hara",
  );
  const spellings = new Map<string, Set<string>>();
  for (const [language, list] of Object.entries(names))
    for (const name of list.map(foldLetters))
      spellings.set(name, (spellings.get(name) ?? new Set()).add(language));
  expect([...spellings.values()].filter(({ size }) => size > 1)).toHaveLength(58);
});
