import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { WriteError } from "./errors.ts";
import { freeName, prepareToSave } from "./save.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "unroll-demo-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a place that cannot be written to is found before the work", async () => {
  writeFileSync(join(folder, "file"), "");
  mkdirSync(join(folder, "model"));
  for (const path of [join(folder, "file", "model"), join(folder, "model")]) {
    const error = await prepareToSave(path).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WriteError);
    expect((error as WriteError).message).toContain(`${path} cannot be written: `);
  }
});

test("a taken name gets a number", async () => {
  const name = join(folder, "moby-dick");
  expect(await freeName(name, ".safetensors")).toBe(`${name}.safetensors`);
  writeFileSync(`${name}.safetensors`, "");
  expect(await freeName(name, ".safetensors")).toBe(`${name}-2.safetensors`);
  writeFileSync(`${name}-2.safetensors`, "");
  expect(await freeName(name, ".safetensors")).toBe(`${name}-3.safetensors`);
});
