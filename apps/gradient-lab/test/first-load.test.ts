import { expect, test } from "vitest";
import { firstLoad } from "./page/first-load.ts";
import { buildSite } from "./page/site.ts";

const loaded = firstLoad(await buildSite());
const total = (some: (name: string) => boolean): number =>
  loaded.filter(({ name }) => some(name)).reduce((sum, { bytes }) => sum + bytes, 0);
const isPage = (name: string): boolean => name.endsWith(".html");

test("programs, styles and WebAssembly of the first load are at most 90 kB, compressed", () => {
  expect(total((name) => !isPage(name))).toBeLessThanOrEqual(90_000);
});

test("the page itself, with the first picture in it, is at most 12 kB", () => {
  expect(total(isPage)).toBeLessThanOrEqual(12_000);
});

test("the first load has the worker, and nothing that comes later", () => {
  const names = loaded.map(({ name }) => name).join(" ");
  expect(names).toMatch(/\/worker-/);
  expect(names).not.toMatch(/\/(second-load|story|figures)-/);
});
