import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** A text with some order in it: sentences that a small network learns in a second. */
export function smallText(characters: number): string {
  const words = ["the", "whale", "sea", "and", "old", "ship"];
  let state = 7;
  let text = "The sea. ";
  while (text.length < characters) {
    state = (state * 1103515245 + 12345) % 2147483648;
    text += `${words[(state >>> 8) % words.length]}${state % 5 === 0 ? ".\n" : " "}`;
  }
  return text.slice(0, characters);
}

/** Options of a run of less than a second. */
export const SMALL: readonly string[] = [
  "--hidden",
  "8",
  "--batch",
  "4",
  "--seq-len",
  "10",
  "--updates",
  "20",
];

/** An empty folder that is gone after the tests of the file. */
export function folderForTests(): string {
  const folder = mkdtempSync(join(tmpdir(), "unroll-demo-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** The small text as a file of this folder. */
export function smallFile(folder: string, name = "sea.txt", characters = 3000): string {
  const path = join(folder, name);
  writeFileSync(path, smallText(characters));
  return path;
}

/** The lines of NDJSON. */
export function events(stdout: string): ({ event: string } & Record<string, unknown>)[] {
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** Days with a week in them, a trend, and some noise. */
export function daily(days: number, column = "sold"): string {
  let state = 5;
  const rows = Array.from({ length: days }, (_, i) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    const value = 100 + 0.05 * i + 20 * Math.sin((2 * Math.PI * i) / 7) + (state % 1000) / 200;
    return `${new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10)},${value.toFixed(2)}`;
  });
  return `day,${column}\n${rows.join("\n")}\n`;
}

/** Made-up words of two languages that differ in their endings. */
export function labelledWords(count: number): string {
  let state = 3;
  const next = (size: number): number => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return (state >>> 8) % size;
  };
  const lines = Array.from({ length: count }, (_, i) => {
    const stem = Array.from(
      { length: 2 + next(3) },
      () => `${"bdgklmnprst"[next(11)]}${"aeiou"[next(5)]}`,
    ).join("");
    return i % 3 === 0 ? `north\t${stem}ssen` : `south\t${stem}lino`;
  });
  return `${[...new Set(lines)].join("\n")}\n`;
}
