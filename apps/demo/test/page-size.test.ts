import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { PRESET } from "../src/text/settings.ts";
import { buildSite } from "./page/site.ts";

const site = await buildSite();
/** What the page needs before it lives: it, what it names, and the worker of the tab that it opens with. */
const first = Object.keys(site).filter(
  (name) => String(site["index.html"]).includes(name) || /index\.html$|\/text-worker-/.test(name),
);

test("the first load is at most 110 kB, compressed", () => {
  const names = first.map((name) => name.replace(/^assets\/|-[\w-]{8}(?=\.)/g, ""));
  expect(names.sort()).toEqual(["index.css", "index.html", "index.js", "text-worker.js"]);
  const sizes = first.map((name) => gzipSync(site[name]!, { level: 9 }).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(110_000);
});

test("each shipped checkpoint is at most 300 kB", () => {
  const checkpoints = Object.keys(site).filter((name) => name.endsWith(".safetensors"));
  expect(checkpoints).toHaveLength(3);
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
