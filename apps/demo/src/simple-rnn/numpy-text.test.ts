import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { numpyText } from "./numpy-text.ts";

interface Case {
  readonly rows: number;
  readonly columns: number;
  readonly values: readonly (number | string)[];
  readonly text: string;
}

const cases = JSON.parse(
  readFileSync(new URL("../../test/fixtures/numpy-text.json", import.meta.url), "utf8"),
) as Case[];

test("every fixture is printed as NumPy prints it", () => {
  expect(cases.length).toBeGreaterThan(150);
  for (const { rows, columns, values, text } of cases) {
    expect(numpyText(values.map(toNumber), rows, columns)).toBe(text);
  }
});

/** JSON has no infinities; Python spells them otherwise. */
function toNumber(value: number | string): number {
  return typeof value === "number" ? value : Number(value.replace("inf", "Infinity"));
}

test("a number exactly between two of eight places goes to the even one, where JavaScript rounds up", () => {
  expect((0.001953125).toFixed(8)).toBe("0.00195313");
  expect(numpyText([0.001953125], 1, 1)).toBe("[[0.00195312]]");
  expect(numpyText([0.005859375], 1, 1)).toBe("[[0.00585938]]");
});
