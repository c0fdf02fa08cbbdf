import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { measureAll } from "./measure-all.ts";
import { document } from "./peers/document.ts";
import { comparePeers } from "./peers/run.ts";
import { report } from "./report.ts";

/**
 * `npx pnpm bench`: our own figures as tables, or as `--json`. With `--peers` ourselves beside other programs, written
 * to docs/benchmarks.md, or as `--json`. Everything on one core, without workers.
 */
const { values } = parseArgs({
  options: { json: { type: "boolean", default: false }, peers: { type: "boolean", default: false } },
});

if (values.peers) {
  const comparison = await comparePeers((line) => console.error(line));
  if (values.json) console.log(JSON.stringify(comparison));
  else writeFileSync(new URL("../../docs/benchmarks.md", import.meta.url), document(comparison));
} else {
  const figures = measureAll();
  console.log(values.json ? JSON.stringify(figures) : report(figures));
}
