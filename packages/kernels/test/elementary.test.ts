import { readFileSync } from "node:fs";
import { elementary32, elementary64 } from "@unroll/kernels";
import { describe, expect, test } from "vitest";
import { measure32, references } from "../scripts/ulp.ts";

type Functions = Record<string, (x: number) => number>;
type Row = [x: number, high: number, low: number];

const float32: Functions = { ...elementary32 };
const float64: Functions = { ...elementary64 };
const names = Object.keys(elementary32);
const table: Record<string, Row[]> = JSON.parse(
  readFileSync(new URL("./fixtures/elementary64.json", import.meta.url), "utf8"),
);

/** Bounds in units of the last place; `accuracy` measures the float32 ones over every argument. */
const bound = (name: string): number => (name === "softplus" ? 2 : 1);

/** The largest error over rows of [x, high, low], in units of the last place of float64. */
function worst(subject: (x: number) => number, rows: readonly Row[]): number {
  return Math.max(
    ...rows.map(([x, high, low]) => {
      const spacing = 2 ** Math.max(Math.floor(Math.log2(Math.abs(high))) - 52, -1074);
      return Math.abs(subject(x) - high - low) / spacing;
    }),
  );
}

test("both types have the same functions, each with a reference and exact values", () => {
  expect(Object.keys(elementary64)).toEqual(names);
  expect(Object.keys(references).sort()).toEqual(names);
  expect(Object.keys(table).sort()).toEqual(names);
});

describe.each(names)("%s", (name) => {
  test("float32 keeps its bound over a sample of all patterns", () => {
    const { ulp, rounded, count } = measure32(float32[name], references[name], 6007);
    expect(count).toBeGreaterThan(700_000);
    expect(ulp).toBeLessThanOrEqual(bound(name));
    expect(rounded).toBeGreaterThan(0.97);
  });

  test("float64 keeps its bound against values of many digits", () => {
    expect(worst(float64[name], table[name])).toBeLessThanOrEqual(bound(name));
  });

  test("float32 results are float32 numbers, whatever the argument", () => {
    for (const x of [0.1, 0.7, 1.3, 4.4, 1e-3, 1e-40]) {
      const y = float32[name](x);
      expect(y).toBe(Math.fround(y));
      expect(y).toBe(float32[name](Math.fround(x)));
    }
  });
});

/** The arguments with the largest errors among all float32 numbers, as `accuracy` finds them. */
const hardest: Record<string, number> = {
  exp: 4.506176948547363,
  expm1: 0.36684203147888184,
  log: 0.7033275961875916,
  log1p: -0.29391780495643616,
  sigmoid: 0.3471277058124542,
  softplus: -1.2648917436599731,
  tanh: 0.6864498853683472,
};

test("the README's float32 figures are the errors at the hardest arguments", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const row = (start: string): string[] => {
    const line = readme.split("\n").find((text) => text.startsWith(start));
    return line ? line.split("|").map((cell) => cell.trim()) : [];
  };
  const [head, figures] = [row("| | exp |"), row("| float32 |")];
  for (const [name, x] of Object.entries(hardest)) {
    const { ulp } = measure32(float32[name], references[name], 1, ...around(x, 50_000));
    expect([name, figures[head.indexOf(name)]]).toEqual([name, ulp.toFixed(2)]);
  }
});

/** Patterns from `count` before x to `count` behind it. */
function around(x: number, count: number): [first: number, end: number] {
  const [bits] = new Uint32Array(Float32Array.of(x).buffer);
  return [bits - count, bits + count];
}

const both: [string, Functions][] = [
  ["float32", float32],
  ["float64", float64],
];

describe.each(both)("%s", (_type, f) => {
  test.each([
    ["exp", [0, 1], [-0, 1], [Infinity, Infinity], [-Infinity, 0], [1000, Infinity], [-1000, 0]],
    ["expm1", [0, 0], [-0, -0], [Infinity, Infinity], [-Infinity, -1], [1000, Infinity], [-1000, -1]],
    ["log", [1, 0], [0, -Infinity], [-0, -Infinity], [Infinity, Infinity], [-1, Number.NaN]],
    ["log1p", [0, 0], [-0, -0], [-1, -Infinity], [Infinity, Infinity], [-1.5, Number.NaN]],
    ["tanh", [0, 0], [-0, -0], [Infinity, 1], [-Infinity, -1], [1000, 1], [-1000, -1]],
    ["sigmoid", [0, 0.5], [-0, 0.5], [Infinity, 1], [-Infinity, 0], [1000, 1], [-1000, 0]],
    ["softplus", [Infinity, Infinity], [-Infinity, 0], [1000, 1000], [-1000, 0]],
  ] as [string, ...[number, number][]][])("%s has its exact values", (name, ...values) => {
    for (const [x, y] of values) expect([x, f[name](x)]).toEqual([x, y]);
    expect(f[name](Number.NaN)).toBeNaN();
  });

  test("tiny arguments of tanh, expm1 and log1p are their own values", () => {
    for (const name of ["tanh", "expm1", "log1p"]) {
      for (const x of [2 ** -30, 2 ** -100, 2 ** -126, 2 ** -140, 2 ** -149]) {
        const tiny = f === float64 ? x * x : x;
        expect([name, f[name](tiny), f[name](-tiny)]).toEqual([name, tiny, -tiny]);
      }
    }
  });

  test("powers of two have logarithms that are multiples of log 2", () => {
    const log2 = f.log(2);
    for (const k of [1, 2, 4, 8, 16, 32, 64]) expect(f.log(2 ** k)).toBe(k * log2);
    expect(f.log(2 ** -149)).toBeCloseTo(-149 * log2, 4);
  });

  test("tanh is odd, and sigmoid and tanh stay in their ranges and never fall", () => {
    let [lastTanh, lastSigmoid] = [-1, 0];
    for (let i = -30_000; i <= 30_000; i++) {
      const x = i / 1000;
      const [t, s] = [f.tanh(x), f.sigmoid(x)];
      expect(f.tanh(-x)).toBe(-t);
      expect(t >= lastTanh && t <= 1 && s >= lastSigmoid && s <= 1).toBe(true);
      [lastTanh, lastSigmoid] = [t, s];
    }
  });
});

test("results of float32 exp and sigmoid below 2⁻¹²⁶ are 0", () => {
  for (const name of ["exp", "sigmoid"]) {
    expect(float32[name](-87.33654)).toBeGreaterThanOrEqual(2 ** -126);
    expect(float32[name](-87.33655)).toBe(0);
  }
});

test("the measurements notice errors of a little more than one unit", () => {
  const off = (x: number): number => {
    const y = elementary32.tanh(x);
    return Math.abs(x) > 1 && Math.abs(x) < 1.1 ? Math.fround(y * (1 + 2 ** -23)) : y;
  };
  expect(measure32(off, Math.tanh, 6007).ulp).toBeGreaterThan(1);
  const flushed = (x: number): number => (Math.abs(x) < 1e-20 ? 0 : elementary32.tanh(x));
  expect(measure32(flushed, Math.tanh, 6007).ulp).toBeGreaterThan(1);
  expect(measure32(() => 1, Math.log, 6007).ulp).toBe(Infinity);
  expect(worst((x) => elementary64.tanh(x) * (1 + 2 ** -51), table.tanh)).toBeGreaterThan(1);
});
