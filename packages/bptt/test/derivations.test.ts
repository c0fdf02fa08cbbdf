import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readmeExample } from "../../../scripts/readme-example.ts";

const root = new URL("../../../", import.meta.url);
const page = new URL("docs/derivations.md", root);
const text = readFileSync(page, "utf8");

describe("the page of derivations", () => {
  const quotes = Array.from(text.matchAll(/```typescript\n\/\/ (\S+)\n([\s\S]*?)```/g), ([, file, code]) => ({
    file,
    lines: code.trim().split("\n"),
  }));

  test.each(quotes)("quotes $file as it is, in its order", ({ file, lines }) => {
    const source = readFileSync(new URL(file, root), "utf8")
      .split("\n")
      .map((line) => line.trim());
    let from = 0;
    for (const line of lines) {
      const found = source.indexOf(line.trim(), from);
      expect(found, line).toBeGreaterThanOrEqual(from);
      from = found + 1;
    }
  });

  test("quotes something", () => expect(quotes.length).toBeGreaterThan(5));

  test("has a program that prints what the page says", async () => {
    const folder = mkdtempSync(join(tmpdir(), "derivations-"));
    try {
      copyFileSync(page, join(folder, "README.md"));
      const { printed, expected } = await readmeExample(folder, new URL("..", import.meta.url).pathname);
      expect(printed).toBe(expected);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

test("eigenvalues bound nothing: W_hh with none but 0, and powers of J that double", () => {
  const h = [0, 0.5];
  const bias = [-4, 4.5493];
  const J = [
    [8, 8],
    [-6, -6],
  ];
  h.forEach((value, i) => {
    const row = i === 0 ? [8, 8] : [-8, -8];
    expect(Math.tanh(row[0] * h[0] + row[1] * h[1] + bias[i])).toBeCloseTo(value, 4);
    expect(row.map((weight) => (1 - value * value) * weight)).toEqual(J[i]);
  });
  let power = J;
  for (let d = 1; d <= 6; d++) {
    // J^d has rank 1, so its norm is that of all entries together.
    expect(Math.hypot(...power.flat())).toBeCloseTo(2 ** (d - 1) * 10 * Math.SQRT2, 9);
    power = power.map((row) => [0, 1].map((j) => row[0] * J[0][j] + row[1] * J[1][j]));
  }
});

test("clipping temporal terms turns their sum around, clipping its entries never does", () => {
  const clip = (g: number): number => Math.max(-1, Math.min(1, g));
  const terms = [10, -9.5, -0.4];
  const sum = (values: number[]): number => values.reduce((a, b) => a + b);
  expect(sum(terms)).toBeCloseTo(0.1, 12);
  expect(sum(terms.map(clip))).toBeCloseTo(-0.4, 12);
  expect(sum(terms.map((g) => g * clip(g)))).toBeGreaterThan(0);
});
