import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { adam } from "@unroll/optim";
import { readCheckpoint } from "@unroll/train";
import { expect, test } from "vitest";

test("the program of the guide, interrupted and run again, ends with the file of one that was not", async () => {
  const text = readFileSync(new URL("../../../docs/guides/interrupt-and-resume.md", import.meta.url), "utf8");
  const [, program] = /```ts\n([\s\S]*?)```/.exec(text)!;
  const folder = mkdtempSync(join(import.meta.dirname, ".guide-"));
  let runs = 0;
  /** Runs it on a file of that name. `interruptAt` throws after that update. */
  const run = async (name: string, interruptAt?: number): Promise<void> => {
    const placed = program!
      .replace('"run.safetensors"', JSON.stringify(join(folder, name)))
      .replace(
        "losses.push(loss);",
        `losses.push(loss); if (step === ${interruptAt}) throw new Error("cut");`,
      );
    const path = join(folder, `${runs++}.ts`);
    writeFileSync(path, placed);
    await import(/* @vite-ignore */ pathToFileURL(path).href);
  };
  try {
    await run("whole.safetensors");
    await expect(run("cut.safetensors", 23)).rejects.toThrow("cut");
    const cut = readCheckpoint(readFileSync(join(folder, "cut.safetensors")), adam());
    expect(cut.model.optimizerState!.step).toBe(20);
    await run("cut.safetensors");
    const whole = readFileSync(join(folder, "whole.safetensors"));
    expect(readFileSync(join(folder, "cut.safetensors")).equals(whole)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.endsWith(".saving"))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
