import { expect, test } from "vitest";
import { planted } from "./planted.mjs";
import { allWorkspaces, markdownTable } from "./workspace.mjs";

test("all workspaces are those that pnpm's file names, by folder or by pattern", () => {
  const root = planted({
    "pnpm-workspace.yaml": `packages:\n  - "packages/*"\n  - helper\n# more\ncatalog:\n  a: 1\n`,
    "helper/package.json": { name: "helper", private: true },
  });
  expect(allWorkspaces(root).map(({ folder, published }) => [folder, published])).toEqual([
    ["packages/high", true],
    ["packages/low", true],
    ["helper", false],
  ]);
});

test("a table is found by its columns, its rows come with their lines", () => {
  const text = "# A\n\n| a | b |\n|---|---|\n| 1 | `x` |\n| 2 |  |\n\n| c |\n";
  expect(markdownTable(text, ["a", "b"])).toEqual([
    { line: 5, cells: ["1", "`x`"] },
    { line: 6, cells: ["2", ""] },
  ]);
  expect(() => markdownTable(text, ["a"])).toThrow("no table with the columns a");
});
