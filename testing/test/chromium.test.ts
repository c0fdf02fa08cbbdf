import { expect, test } from "vitest";
import { browserIsRequired, findChromium } from "../src/chromium.ts";

test("a Chromium is what the variable says, or stands on PATH", () => {
  expect(findChromium({ UNROLL_CHROMIUM: process.execPath, PATH: "" })).toBe(process.execPath);
  expect(() => findChromium({ UNROLL_CHROMIUM: "/nowhere/chromium", PATH: "" })).toThrow("UNROLL_CHROMIUM");
  expect(findChromium({ PATH: "/nowhere" })).toBe(undefined);
  expect(findChromium({})).toBe(undefined);
});

test("only the word `required` requires one", () => {
  expect(browserIsRequired({ UNROLL_BROWSER_TESTS: "required" })).toBe(true);
  expect(browserIsRequired({ UNROLL_BROWSER_TESTS: "" })).toBe(false);
  expect(browserIsRequired({})).toBe(false);
});
