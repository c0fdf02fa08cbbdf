import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./lib/run.mjs";
import { workspaces } from "./lib/workspace.mjs";

/** Prints what imports of the built packages cost, as a table: minified and compressed, all dependencies included. */
const root = fileURLToPath(new URL("..", import.meta.url));
const columns = ["package", "import", "size", "limit"];
const rows = [];

for (const { folder, manifest } of workspaces(root).filter(({ published }) => published)) {
  const { output } = await run(root, "size-limit", ["--json"], join(root, folder));
  if (!output.startsWith("[")) throw new Error(`size-limit in ${folder}: ${output}`);
  for (const [at, { name, size }] of JSON.parse(output).entries())
    rows.push([manifest.name, name, `${(size / 1000).toFixed(2)} kB`, manifest["size-limit"][at].limit]);
}
const widths = columns.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at].length)));
for (const row of [columns, widths.map((width) => "-".repeat(width)), ...rows])
  console.log(
    `| ${row.map((cell, at) => (at < 2 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join(" | ")} |`,
  );
