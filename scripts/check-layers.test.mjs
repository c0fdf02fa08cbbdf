import { expect, test } from "vitest";
import { checkLayers } from "./check-layers.mjs";
import { planted } from "./lib/planted.mjs";
import { show } from "./lib/problem.mjs";

const problems = (changes) => checkLayers(planted(changes)).map(show);
const table = (...rows) =>
  ["| layer | package | is responsible for |", "|---|---|---|", ...rows, ""].join("\n");
const low = "packages/low/src/twice.ts";

test("two packages in order pass", () => {
  expect(problems({})).toEqual([]);
});

test("an upward import fails with file and line, of a type as of a value, however it is written", () => {
  for (const line of [
    `import { twice } from "@unroll/high";`,
    `import type { Twice } from "@unroll/high";`,
    `export * from "@unroll/high";`,
    `export type Twice = import("@unroll/high").Twice;`,
    `export const later = () => import("@unroll/high");`,
  ])
    expect(problems({ [low]: `\n${line}\n` })).toEqual([
      `${low}:2: low (layer 0) depends on high (layer 1); dependencies point to lower layers`,
    ]);
});

test("an upward import from a test fails too", () => {
  expect(problems({ "packages/low/test/up.test.ts": `import "@unroll/high";\n` })).toHaveLength(1);
});

test("a dependency in the same layer fails where it is declared and where it is imported", () => {
  const one = table("| 0 | `low` | a |", "| 0 | `high` | b |");
  expect(problems({ "docs/architecture.md": one })).toEqual([
    expect.stringMatching(/^packages\/high\/package\.json:\d+: high \(layer 0\) depends on low \(layer 0\)/),
    expect.stringMatching(/^packages\/high\/src\/index\.ts:1: high \(layer 0\) depends on low \(layer 0\)/),
  ]);
});

test("an import that isn't declared fails", () => {
  expect(problems({ [low]: `import "left-pad";\n` })).toEqual([
    `${low}:1: imports left-pad, which packages/low/package.json doesn't declare for this place`,
  ]);
  expect(problems({ "packages/high/package.json": { dependencies: {} } })).toHaveLength(1);
});

test("what only tests may use doesn't serve sources", () => {
  const dependencies = { devDependencies: { "@unroll/low": "workspace:^" }, dependencies: {} };
  expect(problems({ "packages/high/package.json": dependencies })).toHaveLength(1);
  expect(problems({ [low]: `import "vitest";\n` })).toHaveLength(1);
  expect(problems({ "packages/low/src/twice.test.ts": `import "vitest";\n` })).toEqual([]);
});

test("a dependency that the sources don't use fails", () => {
  expect(problems({ "packages/high/src/index.ts": "export {};\n" })).toEqual([
    expect.stringMatching(
      /^packages\/high\/package\.json:\d+: depends on @unroll\/low, which src doesn't import$/,
    ),
  ]);
});

test("a sibling by version, not by workspace:^, fails", () => {
  expect(problems({ "packages/high/package.json": { dependencies: { "@unroll/low": "^1.0.0" } } })).toEqual([
    expect.stringMatching(/: @unroll\/low is \^1\.0\.0, expected workspace:\^$/),
  ]);
});

test("sources import nothing of Node, tests may", () => {
  for (const name of ["node:fs", "fs"])
    expect(problems({ [low]: `import "${name}";\n` })).toEqual([
      `${low}:1: imports ${name}; sources of packages must run in browsers`,
    ]);
  expect(problems({ "packages/low/test/file.test.ts": `import "node:fs";\n` })).toEqual([]);
});

test("a file outside the package that turbo doesn't know of fails", () => {
  const file = "packages/low/test/other.test.ts";
  expect(problems({ [file]: `import "../../high/src/index.ts";\n` })).toEqual([
    `${file}:1: imports packages/high/src/index.ts, which is outside the package and not in turbo's globalDependencies`,
  ]);
});

test("a package without a row, a row without a package and a layer in two places fail", () => {
  expect(problems({ "docs/architecture.md": table("| 0 | `low` | a |", "| 1 | `other` | b |") })).toEqual(
    expect.arrayContaining([
      "docs/architecture.md:4: there is no package other",
      "packages/high/package.json: high has no row in docs/architecture.md",
    ]),
  );
  const split = table("| 0 | `low` | a |", "| 1 | `high` | b |", "| 0 | `low` | c |");
  expect(problems({ "docs/architecture.md": split })).toEqual(
    expect.arrayContaining([
      "docs/architecture.md:5: layer 0 stands in two places",
      "docs/architecture.md:5: low stands in two rows",
    ]),
  );
});
