import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { PRESET } from "../src/text/settings.ts";
import { buildSite } from "./page/site.ts";

const site = await buildSite();
const compressed = (name: string): number => gzipSync(site[name]!, { level: 9 }).length;
const sizeOf = (ending: RegExp): number =>
  Object.keys(site)
    .filter((name) => ending.test(name))
    .reduce((sum, name) => sum + compressed(name), 0);

test("page, programs and styles are at most 110 kB, compressed", () => {
  expect(sizeOf(/\.(html|css|js)$/)).toBeLessThanOrEqual(110_000);
});

test("each shipped checkpoint is at most 300 kB", () => {
  const checkpoints = Object.keys(site).filter((name) => name.endsWith(".safetensors"));
  expect(checkpoints.length).toBeGreaterThan(0);
  for (const name of checkpoints) expect(site[name]!.length, name).toBeLessThanOrEqual(300_000);
});

test("the shipped network of text is what the default run says of itself", () => {
  const bytes = readFileSync(new URL("../checkpoints/moby-dick.safetensors", import.meta.url));
  const header = JSON.parse(bytes.subarray(8, 8 + Number(bytes.readBigUInt64LE(0))).toString());
  const { run, figures } = header.__metadata__;
  expect(JSON.parse(run)).toMatchObject({
    task: "text",
    data: "moby-dick",
    settings: { ...PRESET, seed: 1 },
  });
  expect(JSON.parse(figures)).toMatchObject({ updates: PRESET.updates });
});
