import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { measureAll, measureAllWorkers } from "./measure-all.ts";
import { document } from "./peers/document.ts";
import { comparePeers } from "./peers/run.ts";
import { report, workersTable } from "./report.ts";

/**
 * `npx pnpm bench`: our own figures as tables, or as `--json`; with `--workers` only those of training by workers. With
 * `--peers` ourselves beside other programs, written to docs/benchmarks.md, or as `--json`. All but the table of workers
 * on one core.
 */
const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    peers: { type: "boolean", default: false },
    workers: { type: "boolean", default: false },
  },
});

if (values.peers) {
  const comparison = await comparePeers((line) => console.error(line));
  if (values.json) console.log(JSON.stringify(comparison));
  else writeFileSync(new URL("../../docs/benchmarks.md", import.meta.url), document(comparison));
} else if (values.workers) {
  const figures = await measureAllWorkers();
  console.log(values.json ? JSON.stringify(figures) : workersTable(figures));
} else {
  const figures = await measureAll();
  console.log(values.json ? JSON.stringify(figures) : report(figures));
}
