import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const folder = new URL("../data/", import.meta.url);
const notice = readFileSync(new URL("NOTICE.md", folder), "utf8");
const files = readdirSync(folder).filter((name) => name !== "NOTICE.md" && name !== ".gitattributes");

/** What the notice says about a file: the SHA-256, or nothing. */
function stated(name: string): string | undefined {
  const section = notice.split(/^## /m).find((part) => part.startsWith(`${name}\n`));
  return /SHA-256 `([0-9a-f]{64})`/.exec(section ?? "")?.[1];
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

test.each(files)("%s has the bytes that NOTICE.md states", (name) => {
  expect(sha256(readFileSync(new URL(name, folder)))).toBe(stated(name));
});

test("one changed byte is noticed, and a file without a section", () => {
  const changed = readFileSync(new URL("births.csv", folder));
  changed[1000]! ^= 1;
  expect(sha256(changed)).not.toBe(stated("births.csv"));
  expect(stated("stocks.csv")).toBeUndefined();
});

test.each([
  ["births.csv", "30d21fc30bdf467b", 5479 + 1],
  ["weather.csv", "27219f1ca8dbd94c", 2922 + 1],
  ["co2.csv", "c1a4a970864145940", 741 + 1],
])("%s begins its SHA-256 with %s and has %d lines", (name, sha, lines) => {
  expect(stated(name)?.startsWith(sha)).toBe(true);
  expect(readFileSync(new URL(name, folder), "utf8").trimEnd().split("\n")).toHaveLength(lines);
});
