import { expect, test } from "vitest";
import { checkSkeleton } from "./check-skeleton.mjs";
import { planted } from "./lib/planted.mjs";
import { show } from "./lib/problem.mjs";

const problems = (changes) => checkSkeleton(planted(changes)).map(show);
const manifest = "packages/low/package.json";

test("a new package passes", () => {
  expect(problems({})).toEqual([]);
});

test.each(["LICENSE", "README.md", "tsup.config.ts", "test/readme.test.ts", "test/api.test.ts"])(
  "a package without %s fails",
  (file) => {
    expect(problems({ [`packages/low/${file}`]: undefined })).toEqual([`packages/low/${file}: is missing`]);
  },
);

test.each(["LICENSE", "tsconfig.json", "vitest.config.ts", "test/readme.test.ts"])(
  "a %s of its own fails",
  (file) => {
    expect(problems({ [`packages/low/${file}`]: "// own\n" })).toEqual([
      `packages/low/${file}: differs from that of the other packages`,
    ]);
  },
);

test.each([
  ["name", { name: "low" }],
  ["sideEffects", { sideEffects: ["*.css"] }],
  ["engines", { engines: { node: ">=18" } }],
  ["files", { files: ["dist"] }],
  ["build", { scripts: {} }],
  ["postinstall", { scripts: { postinstall: "node x.js" } }],
  ["repository", { repository: "somewhere" }],
  ["description", { description: "no sentence" }],
  ["peerDependencies", { peerDependencies: { "@unroll/high": "workspace:^" } }],
  ["size-limit", { "size-limit": [] }],
])("a package.json with another %s fails", (field, fields) => {
  expect(problems({ [manifest]: fields }).join("\n")).toMatch(new RegExp(`^${manifest}.*${field}`, "m"));
});

test.each([
  ["no source condition", { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" } }],
  [
    "the conditions in another order",
    { ".": { types: "./dist/index.d.ts", "@unroll/source": "./src/index.ts", default: "./dist/index.js" } },
  ],
  [
    "types of another door",
    { ".": { "@unroll/source": "./src/index.ts", types: "./dist/laws.d.ts", default: "./dist/index.js" } },
  ],
])("a door with %s fails", (_, doors) => {
  const exports = { ...doors, "./package.json": "./package.json" };
  expect(problems({ [manifest]: { exports } }).join("\n")).toMatch(/the door \. is/);
});

test("a second door is welcome if its names are listed by a test", () => {
  const door = (name) => ({
    "@unroll/source": `./src/${name}.ts`,
    types: `./dist/${name}.d.ts`,
    default: `./dist/${name}.js`,
  });
  const exports = { ".": door("index"), "./laws": door("laws"), "./package.json": "./package.json" };
  expect(problems({ [manifest]: { exports } })).toEqual([
    "packages/low/test/api.test.ts: doesn't list the names of @unroll/low/laws",
  ]);
});

test("a README in another order fails", () => {
  const parts = [
    "# @unroll/low",
    "```sh\nnpm install @unroll/low\n```",
    "```ts\n1;\n```",
    "```text\n1\n```",
    "## License",
  ];
  const text = (order) => `${order.map((at) => parts[at]).join("\n\n")}\n`;
  expect(problems({ "packages/low/README.md": text([0, 1, 2, 3, 4]) })).toEqual([]);
  for (const order of [
    [1, 0, 2, 3, 4],
    [0, 2, 3, 1, 4],
    [0, 1, 3, 2, 4],
    [0, 1, 2, 3],
  ])
    expect(problems({ "packages/low/README.md": text(order) })).not.toEqual([]);
});
