import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundleForNode } from "@unroll/testing";
import { expect, test, vi } from "vitest";

test("the sweep of the README prints what the README says", async () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const section = readme.slice(readme.indexOf("**Many runs"));
  const [, trainOne, program, expected] =
    /```ts\n([\s\S]*?)```\s*```ts\n([\s\S]*?)```\s*```text\n([\s\S]*?)```/.exec(section)!;
  const folder = mkdtempSync(join(import.meta.dirname, ".sweep-"));
  const lines: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((name: string, result: unknown) => {
    lines.push(`${name} ${result}\n`);
  });
  try {
    writeFileSync(join(folder, "train-one.ts"), trainOne!);
    const [module, worker] = await Promise.all(
      [pathToFileURL(join(folder, "train-one.ts")), new URL("../src/sweep.worker.ts", import.meta.url)].map(
        (entry) => bundleForNode(entry),
      ),
    );
    try {
      const results = join(folder, "results");
      const placed = program!
        .replace('new URL("./train-one.js", import.meta.url)', JSON.stringify(module!.url))
        .replace('"results"', `${JSON.stringify(results)}, script: ${JSON.stringify(worker!.url)}`);
      writeFileSync(join(folder, "program.ts"), placed);
      await import(/* @vite-ignore */ pathToFileURL(join(folder, "program.ts")).href);
      expect(readdirSync(results)).toHaveLength(4);
    } finally {
      await Promise.all([module, worker].map((made) => made!.remove()));
    }
  } finally {
    log.mockRestore();
    rmSync(folder, { recursive: true });
  }
  expect(lines.join("")).toBe(expected);
});
