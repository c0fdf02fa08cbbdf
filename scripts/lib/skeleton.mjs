/** What every package has, in one place: `new-package` writes it and `check-skeleton` holds packages against it. */

/** The conditions of a door: the sources for this workspace, then types and code for everyone else. */
export const door = (path) => ({
  "@unroll/source": `./src/${path}.ts`,
  types: `./dist/${path}.d.ts`,
  default: `./dist/${path}.js`,
});

/** The fields of package.json that are the same in every package. */
export const SHARED_FIELDS = {
  license: "MIT",
  type: "module",
  sideEffects: false,
  engines: { node: ">=20.19" },
  files: ["dist", "src", "!src/**/*.test.ts", "CHANGELOG.md"],
};

/** The scripts that every package has; it may have more. */
export const SHARED_SCRIPTS = {
  build: "tsup",
  test: "vitest run",
  typecheck: "tsc",
  hygiene: "publint --strict && attw --pack . --profile esm-only --quiet",
  size: "size-limit",
};

/** Files with the same text in every package. LICENSE is a copy of the root's. */
export const SHARED_FILES = {
  "tsconfig.json": `{ "extends": "../../tsconfig.base.json", "include": ["src", "test"] }\n`,
  "tsup.config.ts": `export { default } from "../../tsup.shared.ts";\n`,
  "vitest.config.ts": `export { default } from "../../vitest.shared.ts";\n`,
  "test/readme.test.ts": `import { expect, test } from "vitest";
import { readmeExample } from "../../../scripts/readme-example.ts";

test("the README's example prints what the README says", async () => {
  const { printed, expected } = await readmeExample(new URL("..", import.meta.url).pathname);
  expect(printed).toBe(expected);
});
`,
};

/** The files of a package that does nearly nothing yet but passes every check. */
export function newPackage(name, description, license) {
  const { files, ...fields } = SHARED_FIELDS;
  const manifest = {
    name: `@unroll/${name}`,
    version: "0.0.0",
    description,
    ...fields,
    exports: { ".": door("index"), "./package.json": "./package.json" },
    files,
    scripts: SHARED_SCRIPTS,
    "size-limit": [{ name: "everything", path: "dist/index.js", limit: "1 kB" }],
  };
  return {
    "package.json": `${JSON.stringify(manifest, null, 2)}\n`,
    LICENSE: license,
    "README.md": README(name, description),
    ...SHARED_FILES,
    "src/index.ts": `export { twice } from "./twice.ts";\n`,
    "src/twice.ts": `/** y = 2x. */\nexport function twice(x: number): number {\n  return 2 * x;\n}\n`,
    "src/twice.test.ts": `import { expect, test } from "vitest";
import { twice } from "./twice.ts";

test("twice is the sum of a number and itself", () => {
  for (const x of [-1.5, 0, 3]) expect(twice(x)).toBe(x + x);
});
`,
    "test/api.test.ts": `import { expect, test } from "vitest";

test("the public names", async () => {
  expect(Object.keys(await import("@unroll/${name}")).sort()).toEqual(["twice"]);
});
`,
  };
}

const README = (name, description) => `# @unroll/${name}

${description}

\`\`\`sh
npm install @unroll/${name}
\`\`\`

## Example

\`\`\`ts
import { twice } from "@unroll/${name}";

console.log(twice(21));
\`\`\`

\`\`\`text
42
\`\`\`

## API

- \`twice(x)\`: y = 2x.

## Numerical notes

Exact but for overflow.

## Where it sits

It depends on nothing.

## License

MIT
`;
