import type { Cell } from "@unroll/rnn-cell";
import { type Law, LawError, laws } from "@unroll/rnn-cell/laws";
import { describe, expect, test } from "vitest";
import { plantedErrors } from "./planted-errors.ts";

describe.each(laws)("the law $name notices", (law) => {
  test.each(plantedErrors[law.name])("$error", ({ cell, message }) => {
    const error = brokenLaw(law, cell);
    expect(error.law).toBe(law.name);
    expect(error.message).toContain(`${law.name}: ${message}`);
  });
});

test("there is a planted error for every law", () => {
  expect(Object.keys(plantedErrors)).toEqual(laws.map(({ name }) => name));
});

test("the details of an error say the same to programs", () => {
  const law = laws.find(({ name }) => name === "prepare") as Law;
  expect(brokenLaw(law, plantedErrors.prepare[0].cell).details).toEqual({
    matrix: "next",
    row: 0,
    column: 0,
    actual: expect.any(Number),
    expected: expect.any(Number),
  });
});

function brokenLaw(law: Law, cell: Cell): LawError {
  try {
    law.run(cell);
  } catch (error) {
    if (error instanceof LawError) return error;
    throw error;
  }
  throw new Error(`the law ${law.name} did not notice`);
}
