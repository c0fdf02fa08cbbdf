import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { newPackage } from "./skeleton.mjs";

const LICENSE = "MIT License\n";

/** Two packages that pass every check, `low` in layer 0 and `high` in layer 1, which depends on it. */
const FILES = {
  LICENSE,
  "package.json": { devDependencies: { vitest: "4.1.12" } },
  "turbo.json": {
    globalDependencies: ["tsup.shared.ts", "vitest.shared.ts", "scripts/readme-example.ts"],
  },
  "docs/architecture.md": `| layer | package | is responsible for |
|---|---|---|
| 0 | \`low\` | the one |
| 1 | \`high\` | the other |
`,
  "docs/decisions/0001-exceptions-to-checks.md": "| check | where | what | why |\n|---|---|---|---|\n",
  ".changeset/first.md": `---\n"@unroll/low": minor\n"@unroll/high": minor\n---\n\nFirst release.\n`,
  ...packageFiles("low", {}),
  ...packageFiles("high", { dependencies: { "@unroll/low": "workspace:^" } }),
  "packages/high/src/index.ts": `export { twice } from "@unroll/low";\n`,
};

function packageFiles(name, fields) {
  const files = newPackage(name, "A package.", LICENSE);
  files["package.json"] = { ...JSON.parse(files["package.json"]), ...fields };
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [`packages/${name}/${file}`, text]));
}

/**
 * Makes a workspace with two packages that pass every check, changed by `changes`: a file's text, undefined to leave it
 * out, or for a JSON file the fields to set. Removes it after the test.
 */
export function planted(changes = {}) {
  const root = mkdtempSync(join(tmpdir(), "unroll-planted-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  change(root, { ...FILES, ...merged(changes) });
  return root;
}

export function change(root, files) {
  for (const [file, content] of Object.entries(files)) {
    if (content === undefined) continue;
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), typeof content === "string" ? content : JSON.stringify(content, null, 2));
  }
}

const merged = (changes) =>
  Object.fromEntries(
    Object.entries(changes).map(([file, content]) => [
      file,
      typeof content === "object" ? { ...FILES[file], ...content } : content,
    ]),
  );
