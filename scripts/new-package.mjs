import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { newPackage } from "./lib/skeleton.mjs";
import { markdownTable } from "./lib/workspace.mjs";

/** `npx pnpm new-package NAME "What it is."`: a package in layer 0 that passes every check and does nearly nothing. */
const root = fileURLToPath(new URL("..", import.meta.url));
const [name, description] = process.argv.slice(2);
const folder = join(root, "packages", name ?? "");

if (!name || !description) fail('usage: npx pnpm new-package NAME "What it is."');
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
  fail(`the name is ${name}, expected small letters, digits and hyphens`);
if (!/^[A-Z].*\.$/.test(description))
  fail(`the description is ${JSON.stringify(description)}, expected a sentence`);
if (existsSync(folder)) fail(`packages/${name} exists already`);

const license = readFileSync(join(root, "LICENSE"), "utf8");
for (const [file, text] of Object.entries(newPackage(name, description, license)))
  write(join("packages", name, file), text);
write(
  join(".changeset", `${name}.md`),
  `---\n"@unroll/${name}": minor\n---\n\nFirst release: ${lowerFirst(description)}\n`,
);
edit("docs/architecture.md", addRow);
edit("consumers/package.json", addConsumer);

console.log(`packages/${name} is there, in layer 0 of docs/architecture.md. Next:
  npx pnpm install
  npx pnpm --filter @unroll/${name} test`);

function addRow(text) {
  const lines = text.split("\n");
  const rows = markdownTable(text, ["layer", "package", "is responsible for"]);
  const last = rows.filter(({ cells }) => cells[0] === "0").at(-1);
  lines.splice(last.line, 0, `| 0 | \`${name}\` | ${lowerFirst(description).slice(0, -1)} |`);
  return lines.join("\n");
}

function addConsumer(text) {
  const manifest = JSON.parse(text);
  const entries = Object.entries({ ...manifest.dependencies, [`@unroll/${name}`]: "workspace:^" });
  manifest.dependencies = Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function lowerFirst(text) {
  return text[0].toLowerCase() + text.slice(1);
}

function edit(file, change) {
  write(file, change(readFileSync(join(root, file), "utf8")));
}

function write(file, text) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

function fail(reason) {
  console.error(reason);
  process.exit(1);
}
