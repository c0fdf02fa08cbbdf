import { expect, test } from "vitest";
import { checkArithmetic } from "./check-arithmetic.mjs";
import { planted } from "./lib/planted.mjs";
import { show } from "./lib/problem.mjs";

const file = "packages/low/src/twice.ts";
const problems = (text, where = file) => checkArithmetic(planted({ [where]: text })).map(show);

test("exact functions, comments and powers of literals pass", () => {
  expect(
    problems("// Math.tanh(x) ** y\nexport const f = Math.fround(Math.sqrt(2 ** 24)) + Math.LN2;\n"),
  ).toEqual([]);
});

test.each([
  ["Math.tanh(1)", "Math.tanh"],
  ["Math.random()", "Math.random"],
  ["Math.f16round(1)", "Math.f16round"],
  ["(x: number) => x ** 2", "**"],
])("%s fails", (text, name) => {
  expect(problems(`\nexport const f = ${text};\n`)).toEqual([
    `${file}:2: uses ${name}, whose bits depend on the engine`,
  ]);
});

test("taking Math apart fails", () => {
  expect(problems("const { tanh } = Math;\nexport const f = tanh;\n")).toHaveLength(1);
});

test("tests may use the host as an oracle", () => {
  expect(problems("Math.tanh(1);\n", "packages/low/src/twice.test.ts")).toEqual([]);
});
