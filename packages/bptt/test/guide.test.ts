import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readmeExample } from "../../../scripts/readme-example.ts";

test("the program in the guide to cells of one's own prints what the guide says", async () => {
  const folder = mkdtempSync(join(tmpdir(), "guide-"));
  try {
    const guide = new URL("../../../docs/guides/write-your-own-cell.md", import.meta.url);
    copyFileSync(guide, join(folder, "README.md"));
    const { printed, expected } = await readmeExample(folder, new URL("..", import.meta.url).pathname);
    expect(printed).toBe(expected);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
