import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** What could reach outside of the bytes that are read, or run them. */
const REACH = /\beval\b|\bnew Function\b|\bFunction\(|\bfetch\b|XMLHttpRequest|WebSocket|\bimport\(|"node:/;

test("no source of the package evaluates anything, opens a file or a connection", () => {
  const folder = new URL("../src/", import.meta.url);
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".ts") && !name.endsWith(".test.ts"),
  );
  expect(sources.length).toBeGreaterThan(60);
  for (const name of sources)
    for (const line of readFileSync(new URL(name, folder), "utf8").split("\n"))
      expect(REACH.test(line), `${name}: ${line}`).toBe(false);
  expect(REACH.test('await fetch("x")')).toBe(true);
});
