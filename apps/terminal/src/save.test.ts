import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { save } from "./save.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "unroll-terminal-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("saving replaces the whole file and leaves nothing beside it", async () => {
  const path = join(folder, "run.safetensors");
  await save(path, Uint8Array.of(1, 2, 3, 4));
  await save(path, Uint8Array.of(0, 9, 8, 0).subarray(1, 3));
  expect(Array.from(readFileSync(path))).toEqual([9, 8]);
  await save(path, "é");
  expect(readFileSync(path, "utf8")).toBe("é");
  expect(readdirSync(folder)).toEqual(["run.safetensors"]);
});

test("a failed write is a WriteError", async () => {
  await expect(save(join(folder, "none", "model"), Uint8Array.of(1))).rejects.toThrow(
    "cannot be written: there is no such file or folder",
  );
});
