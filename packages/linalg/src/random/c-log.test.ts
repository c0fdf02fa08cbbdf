import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cLog } from "./c-log.ts";
import { RandomState } from "./random-state.ts";

interface Run {
  name: string;
  count: number;
  inputs: string;
  sha256: string;
  sample: number[];
}

/** Values of the C library, written by random-state.py. */
const { logarithms } = JSON.parse(
  readFileSync(new URL("../../test/fixtures/random-state.json", import.meta.url), "utf8"),
) as { logarithms: Run[] };

function sha256(values: Float64Array): string {
  return createHash("sha256").update(new Uint8Array(values.buffer)).digest("hex");
}

/** The arguments as random-state.py makes them. */
function inputs(name: string): Float64Array {
  if (name === "every exponent") {
    const random = new RandomState(5);
    const bits = new DataView(new ArrayBuffer(8));
    const values = Array.from({ length: 200_000 }, () => {
      bits.setUint32(0, random.word() & 0x7fffffff);
      bits.setUint32(4, random.word());
      return bits.getFloat64(0);
    });
    return Float64Array.from(values.filter((x) => Number.isFinite(x) && x > 0));
  }
  const u = new RandomState(6).rand(200_000);
  if (name === "near 1") return u.map((x) => 1 + (x - 0.5) * 0.14);
  if (name === "very near 1") return u.map((x) => 1 + (x - 0.5) * 2 ** -30);
  return u.filter((x) => x > 0);
}

describe("cLog", () => {
  it.each(logarithms)("has the bits of the C library: $name ($count numbers)", (run) => {
    const x = inputs(run.name);
    expect(sha256(x)).toBe(run.inputs);
    const y = x.map(cLog);
    expect(Array.from(y.subarray(0, 8))).toEqual(run.sample.slice(0, 8));
    expect(sha256(y)).toBe(run.sha256);
  });

  it("knows the numbers at the edges", () => {
    expect(cLog(1)).toBe(0);
    expect(cLog(0)).toBe(-Infinity);
    expect(cLog(-0)).toBe(-Infinity);
    expect(cLog(Infinity)).toBe(Infinity);
    expect(cLog(-1)).toBeNaN();
    expect(cLog(-Infinity)).toBeNaN();
    expect(cLog(NaN)).toBeNaN();
    expect(cLog(Number.MIN_VALUE)).toBe(-744.4400719213812);
    expect(cLog(Number.MAX_VALUE)).toBe(709.782712893384);
  });

  it("differs in bits from the host's logarithm, so the comparison says something", () => {
    const run = logarithms.find(({ name }) => name === "0 to 1") as Run;
    expect(sha256(inputs(run.name).map(Math.log))).not.toBe(run.sha256);
  });
});
