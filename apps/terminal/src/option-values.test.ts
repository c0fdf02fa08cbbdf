import { expect, test } from "vitest";
import { integer, number, path } from "./option-values.ts";

test("values in range", () => {
  expect(["0", "+7", "4294967295"].map(integer(0, 2 ** 32 - 1))).toEqual([0, 7, 4294967295]);
  expect(["0.5", "1e-3", " 2"].map(number("above", 0))).toEqual([0.5, 0.001, 2]);
  expect(["0", "1"].map(number("at least", 0, 1))).toEqual([0, 1]);
  expect(path("-")).toBe("-");
});

test.each([
  [integer(1), ["0", "", "1.0", "0x10", "1e3", "9007199254740993", "١"]],
  [number("above", 0), ["0", "", " ", "-1", "Infinity", "NaN", "1,5"]],
  [number("at least", 0, 1), ["-0.1", "1.01", "Infinity", "NaN"]],
  [path, [""]],
])("%o refuses the others", (parse, texts) => {
  for (const text of texts) expect(() => parse(text), text).toThrow("Expected ");
});
