import { expect, test } from "vitest";
import { planted } from "./planted.mjs";
import { show, withoutExceptions } from "./problem.mjs";

const record = "docs/decisions/0001-exceptions-to-checks.md";
const root = (row) => planted({ [record]: `| check | where | what | why |\n|---|---|---|---|\n${row}\n` });
const problems = [
  { file: "a.ts", line: 3, text: "imports x" },
  { file: "b.ts", text: "imports x" },
];

test("a row excuses what it names, and nothing else", () => {
  const left = withoutExceptions(root("| layers | `a.ts` | imports x | because |"), "layers", problems);
  expect(left.map(show)).toEqual(["b.ts: imports x"]);
});

test("a row that excuses nothing is a problem", () => {
  const left = withoutExceptions(root("| layers | `c.ts` | imports x | because |"), "layers", problems);
  expect(left.map(show)).toEqual([
    "a.ts:3: imports x",
    "b.ts: imports x",
    `${record}:3: excuses no problem any more`,
  ]);
});

test("a row of another check plays no part", () => {
  expect(withoutExceptions(root("| words | `a.ts` | imports x | because |"), "layers", problems)).toEqual(
    problems,
  );
});
