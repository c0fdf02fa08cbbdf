import { expect, test } from "vitest";
import { ascending, names, truncation } from "./options.ts";

test("values in range", () => {
  expect(["20", "3,50"].map(truncation)).toEqual([
    { k1: 20, k2: 20 },
    { k1: 3, k2: 50 },
  ]);
  expect(["1", "1,7,364", "1, 2"].map(ascending)).toEqual([[1], [1, 7, 364], [1, 2]]);
  expect(["a", "a, b c"].map(names)).toEqual([["a"], ["a", "b c"]]);
});

test.each([
  [truncation, ["", "0", "3,", ",3", "1,2,3", "-1", "1.5", "9007199254740993"]],
  [ascending, ["", "0", "1,", "7,1", "1,1", "1.5", "a"]],
  [names, ["", "a,", "a,a"]],
])("%o refuses the others", (parse, texts) => {
  for (const text of texts) expect(() => parse(text), text).toThrow("Expected ");
});
