import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { foldText, splitByPosition } from "@unroll/datasets";
import { describe, expect, test } from "vitest";
import { WittenBell } from "./witten-bell.ts";

/** The rule of the baseline word for word, with strings and maps, one position at a time. */
function oracle(
  order: number,
  vocabularySize: number,
  text: string,
  train: [number, number],
  test: [number, number],
  since: number,
) {
  const counts = new Map<string, Map<string, number>>();
  for (let i = train[0]; i < train[1]; i++) {
    for (let k = 0; k < order && i - k >= train[0]; k++) {
      const context = text.slice(i - k, i);
      const row = counts.get(context) ?? new Map<string, number>();
      counts.set(context, row.set(text[i]!, (row.get(text[i]!) ?? 0) + 1));
    }
  }
  let bits = 0;
  for (let i = test[0]; i < test[1]; i++) {
    let p = 1 / vocabularySize;
    for (let k = 0; k < order && k <= i - since; k++) {
      const row = counts.get(text.slice(i - k, i));
      if (!row) continue;
      const n = [...row.values()].reduce((sum, count) => sum + count, 0);
      p = ((row.get(text[i]!) ?? 0) + row.size * p) / (n + row.size);
    }
    bits -= Math.log2(p);
  }
  return bits / (test[1] - test[0]);
}

const numbers = (text: string, alphabet: string): Uint8Array =>
  Uint8Array.from(text, (character) => alphabet.indexOf(character));

describe("against the rule written with strings", () => {
  const alphabet = "abcdé";
  // A text with structure: every character depends on the two before it, with some noise.
  let state = 7;
  let text = "ab";
  for (let i = 0; i < 400; i++) {
    state = (state * 1103515245 + 12345) % 2147483648;
    const noise = state % 11 < 3 ? state % 5 : 0;
    const at = alphabet.indexOf(text.at(-1)!) + 2 * alphabet.indexOf(text.at(-2)!) + noise;
    text += alphabet[at % 5]!;
  }
  const symbols = numbers(text, alphabet);

  test.each([
    [
      [0, 300],
      [300, 402],
    ],
    [
      [50, 51],
      [0, 402],
    ],
    [
      [100, 110],
      [380, 400],
    ],
    [
      [0, 402],
      [0, 402],
    ],
    [
      [10, 10],
      [0, 5],
    ],
  ] as [[number, number], [number, number]][])("counts from %j, scored on %j", (train, test) => {
    const model = new WittenBell(6, 5, symbols, ...train);
    for (const since of [0, Math.max(0, test[0] - 2), test[0]]) {
      const bits = model.bitsPerSymbol(symbols, ...test, since);
      for (let order = 1; order <= 6; order++) {
        const expected = oracle(order, 5, text, train, test, since);
        expect(Math.abs(bits[order - 1]! - expected), `N = ${order}, since ${since}`).toBeLessThan(1e-12);
      }
    }
  });

  test("by default a part is scored as a text of its own, which differs from contexts that reach back", () => {
    const model = new WittenBell(3, 5, symbols, 0, 300);
    const alone = model.bitsPerSymbol(symbols, 300, 310);
    expect(alone).toEqual(model.bitsPerSymbol(symbols.subarray(300), 0, 10));
    const reachingBack = model.bitsPerSymbol(symbols, 300, 310, 0);
    expect(alone[0]).toBe(reachingBack[0]);
    expect(alone[2]).not.toBe(reachingBack[2]);
  });

  test("the probabilities of all next symbols sum to one", () => {
    const model = new WittenBell(5, 5, symbols, 0, 350);
    for (const length of [0, 1, 3, 200, 402]) {
      const sums = new Float64Array(5);
      for (let next = 0; next < 5; next++) {
        const continued = [...symbols.subarray(0, length), next];
        model.bitsPerSymbol(continued, length, length + 1, 0).forEach((bits, i) => {
          sums[i]! += 2 ** -bits;
        });
      }
      for (const sum of sums) expect(Math.abs(sum - 1)).toBeLessThan(1e-14);
    }
  });
});

test("symbols beyond a byte are told apart", () => {
  const text = Array.from({ length: 3000 }, (_, i) => (i * i) % 70_001);
  const once = new WittenBell(3, 70_001, text, 0, 3000).bitsPerSymbol(text, 0, 3000);
  const shifted = text.map((symbol) => 70_000 - symbol);
  const again = new WittenBell(3, 70_001, shifted, 0, 3000).bitsPerSymbol(shifted, 0, 3000);
  expect(Array.from(again)).toEqual(Array.from(once));
});

describe("on Moby Dick", () => {
  const file = createRequire(import.meta.url).resolve("@unroll/datasets/moby-dick.txt");
  const text = foldText(readFileSync(file, "utf8"));
  const symbols = numbers(text, [...new Set(text)].sort().join(""));
  const { train, validation, test: end } = splitByPosition(text.length);
  const rounded = (bits: Float64Array) => Array.from(bits, (figure) => figure.toFixed(3));

  test("counts from 0–80 %: the published table on test, and 2.310 on validation for N = 5", () => {
    const model = new WittenBell(6, 80, symbols, 0, train);
    const bits = model.bitsPerSymbol(symbols, validation, end);
    expect(rounded(bits)).toEqual(["4.497", "3.555", "2.898", "2.427", "2.253", "2.277"]);
    expect(rounded(model.bitsPerSymbol(symbols, train, validation))[4]).toBe("2.310");
    // Contexts that reach back over the split change five characters, so the fifth digit.
    const reachingBack = model.bitsPerSymbol(symbols, validation, end, 0);
    for (let i = 0; i < 6; i++) expect(Math.abs(reachingBack[i]! - bits[i]!)).toBeLessThan(1e-4);
  });

  test("counts from 0–90 %: the published table on test", () => {
    const model = new WittenBell(6, 80, symbols, 0, validation);
    const bits = model.bitsPerSymbol(symbols, validation, end);
    expect(rounded(bits)).toEqual(["4.496", "3.552", "2.889", "2.408", "2.224", "2.239"]);
  });
});
