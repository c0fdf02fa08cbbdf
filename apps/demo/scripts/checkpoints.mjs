// Trains the models that come with the demo's page, from committed data and fixed seeds, and compares their bytes with
// apps/demo/checkpoints. Needs the built program.
//
//   npx pnpm checkpoints                   compares all of them, in about two minutes
//   npx pnpm checkpoints births names      compares some
//   npx pnpm checkpoints --write           writes them
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** What trains each of them: the usual settings of the task. */
const TRAIN = {
  "moby-dick": ["train", "text"],
  births: ["train", "series"],
  names: ["train", "classify"],
};

const CLI = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const PLACE = new URL("../checkpoints/", import.meta.url);
const words = process.argv.slice(2);
const write = words.includes("--write");
const chosen = words.filter((word) => word !== "--write");
const unknown = chosen.find((name) => !Object.hasOwn(TRAIN, name));
if (unknown !== undefined) {
  console.error(`There is no checkpoint ${unknown}, but ${Object.keys(TRAIN).join(", ")}.`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), "unroll-checkpoints-"));
try {
  for (const name of chosen.length > 0 ? chosen : Object.keys(TRAIN)) {
    const out = join(folder, `${name}.safetensors`);
    const began = performance.now();
    const { status } = spawnSync(process.execPath, [CLI, ...TRAIN[name], "--quiet", "--out", out], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    if (status !== 0) throw new Error(`training ${name} ended with ${status}`);
    const made = readFileSync(out);
    const file = new URL(`${name}.safetensors`, PLACE);
    if (write) {
      mkdirSync(PLACE, { recursive: true });
      writeFileSync(file, made);
    }
    const same = readFileSync(file).equals(made);
    const seconds = Math.round((performance.now() - began) / 1000);
    console.log(`${name}: ${made.length} bytes, ${same ? "the same" : "NOT THE SAME"}, after ${seconds} s`);
    if (!same) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
