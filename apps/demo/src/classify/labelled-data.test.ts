import { describe, expect, test } from "vitest";
import { labelledData, trainingBatches } from "./labelled-data.ts";
import type { LabelledLine } from "./labelled-lines.ts";
import { PRESET } from "./settings.ts";

const READING = { keepCase: false, fold: false, seqLen: 100, withValidation: false };

function lines(...list: readonly (readonly [label: string, text: string])[]): LabelledLine[] {
  return list.map(([label, text], i) => ({ label, text, line: i + 1 }));
}
const data = (list: readonly LabelledLine[], more: Partial<typeof READING> = {}) =>
  labelledData({ where: "lines", lines: list }, { ...READING, ...more });

const TEN = lines(
  ...["j", "i", "h", "g", "f", "e", "d", "c", "b", "a"].map(
    (text, i) => [i % 2 === 0 ? "even" : "odd", text] as const,
  ),
);

describe("the parts", () => {
  test("sorted texts: of five, one to test and one to validate", () => {
    const { classes, train, validation, test: tested } = data(TEN);
    expect(classes).toEqual(["even", "odd"]);
    expect(train.map(({ text }) => text).join("")).toBe("abcfgh");
    expect(validation.map(({ text }) => text).join("")).toBe("di");
    expect(tested).toEqual([
      { text: "e", label: 1 },
      { text: "j", label: 0 },
    ]);
  });

  test("with the validation part merged in, the test part stays", () => {
    const merged = data(TEN, { withValidation: true });
    expect(merged.train.map(({ text }) => text).join("")).toBe("abcdfghi");
    expect(merged.test).toEqual(data(TEN).test);
  });

  test("a text that stands there twice is in one part, with both labels", () => {
    const twice = [...TEN, ...lines(["even", "e"], ["odd", "j"])];
    const { train, validation, test: tested } = data(twice);
    expect(tested.map(({ text }) => text).join("")).toBe("eejj");
    expect([...train, ...validation].some(({ text }) => text === "e" || text === "j")).toBe(false);
  });

  test("symbols are those of what is learned; others count as unknown", () => {
    const { vocabulary } = data(TEN);
    expect(vocabulary.symbols.join("")).toBe("\u0002\u0003abcfgh\ufffd");
    expect(vocabulary.encode("e")).toEqual(vocabulary.encode("\ufffd"));
  });
});

describe("what cannot be learned is refused", () => {
  test.each([
    [lines(["a", "x"], ["a", "y"]), "lines: has 1 label, expected 2 to 1000"],
    [lines(["a", "x"], ["b", "y"]), "lines: has 2 different texts, expected at least 5"],
    [
      TEN.map((line) => (line.text === "e" ? { ...line, label: "rare" } : line)),
      "lines: line 6: the label rare has too few texts: none of them falls in the part to learn from",
    ],
    [
      Array.from({ length: 1001 }, (_, i) => ({ label: `${i}`, text: `${i}`, line: i + 1 })),
      "lines: has 1001 labels, expected 2 to 1000",
    ],
  ])("%#", (list, message) => {
    expect(() => data(list)).toThrow(message);
  });
});

test("rare labels count more: (N / (C n))^β", () => {
  const list = Array.from({ length: 25 }, (_, i) => ({
    label: i % 5 === 0 ? "rare" : "common",
    text: String.fromCharCode(97 + i),
    line: i + 1,
  }));
  const weights = (balance: number): Set<number> => {
    const settings = { ...PRESET, updates: 1, seed: 1, withValidation: false, balance, earlier: 0 };
    const found = new Set<number>();
    for (const { weights } of trainingBatches(data(list), settings, 1).batches(0))
      for (const weight of weights!.data.slice(0, weights!.rows)) if (weight > 0) found.add(weight);
    return found;
  };
  expect(weights(0)).toEqual(new Set([1]));
  // 15 to learn from, 5 of them rare.
  expect([...weights(1)].sort()).toEqual([0.75, 1.5]);
  expect([...weights(0.5)].sort()).toEqual([Math.fround(Math.sqrt(0.75)), Math.fround(Math.sqrt(1.5))]);
});
