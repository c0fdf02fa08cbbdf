import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { recordedRun } from "../support/recorded-run.ts";

// Resumes the run of each file that is named, one after the other, and prints the hash of the last file of each.
for (const path of process.argv.slice(2)) {
  const last = await recordedRun(new Uint8Array(readFileSync(path)));
  process.stdout.write(`${createHash("sha256").update(last).digest("hex")}\n`);
}
