import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RandomState } from "@unroll/linalg";
import { fileStore } from "@unroll/train";
import { expect, test } from "vitest";
import { buildProgram } from "../support/build-program.ts";
import { numberOf, patterned } from "../support/patterned.ts";

/** 500 by `npx pnpm --filter @unroll/train crash`. */
const KILLS = Number(process.env.CRASH_KILLS ?? 10);

const program = await buildProgram(new URL("save-program.ts", import.meta.url));

/** Kills the program a while after its first save. Returns the number of the last save that it reported. */
async function killed(path: string, first: number, milliseconds: number): Promise<number> {
  const child = spawn(process.execPath, [program, path, String(first)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let written = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    if (written === "") setTimeout(() => child.kill("SIGKILL"), milliseconds);
    written += text;
  });
  await new Promise((resolve) => child.once("close", resolve));
  const lines = written.split("\n").slice(0, -1);
  return Number(lines.at(-1));
}

test(`${KILLS} kills during saving: each time the old or the new file is there, whole`, async () => {
  const folder = mkdtempSync(join(tmpdir(), "unroll-kill-"));
  const path = join(folder, "run.safetensors");
  const random = new RandomState(1);
  const outcomes = { old: 0, new: 0, left: 0 };
  try {
    for (let i = 0, number = 1; i < KILLS; i++) {
      const last = await killed(path, number, random.uniform(0, 12));
      const found = numberOf((await fileStore(fs, path).load())!);
      expect([last, last + 1]).toContain(found);
      outcomes[found === last ? "old" : "new"]++;
      const left = readdirSync(folder).length - 1;
      expect(left).toBeLessThanOrEqual(1); // never more than the one that was being written
      outcomes.left += left;
      number = found + 1;
    }
    await fileStore(fs, path).save(patterned(0));
    expect(readdirSync(folder)).toEqual(["run.safetensors"]);
    expect(numberOf((await fileStore(fs, path).load())!)).toBe(0);
    if (KILLS >= 100) expect(outcomes.left).toBeGreaterThan(KILLS / 10); // most kills came in the middle
  } finally {
    rmSync(folder, { recursive: true });
  }
});
