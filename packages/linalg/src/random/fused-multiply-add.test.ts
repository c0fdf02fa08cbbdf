import { describe, expect, it } from "vitest";
import { fusedMultiplyAdd } from "./fused-multiply-add.ts";
import { RandomState } from "./random-state.ts";

/** value = integer · 2^exponent, exactly. */
function exact(value: number): { integer: bigint; exponent: number } {
  const bits = new BigUint64Array(Float64Array.of(value).buffer)[0];
  const field = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & ((1n << 52n) - 1n);
  const integer = field === 0 ? fraction : fraction | (1n << 52n);
  return { integer: value < 0 ? -integer : integer, exponent: Math.max(field, 1) - 1075 };
}

/** integer · 2^exponent to the nearest double, ties to even, in integers alone (normal range). */
function nearest(integer: bigint, exponent: number): number {
  if (integer === 0n) return 0;
  const magnitude = integer < 0n ? -integer : integer;
  const excess = magnitude.toString(2).length - 53;
  let kept = magnitude;
  if (excess > 0) {
    const unit = 1n << BigInt(excess);
    const rest = magnitude % unit;
    kept = magnitude / unit;
    if (2n * rest > unit || (2n * rest === unit && kept % 2n === 1n)) kept += 1n;
  }
  const scale = exponent + Math.max(excess, 0);
  const half = Math.trunc(scale / 2);
  return Number(integer < 0n ? -kept : kept) * 2 ** half * 2 ** (scale - half);
}

function oracle(a: number, b: number, c: number): number {
  const [x, y, z] = [exact(a), exact(b), exact(c)];
  const product = x.exponent + y.exponent;
  const exponent = Math.min(product, z.exponent);
  return nearest(
    ((x.integer * y.integer) << BigInt(product - exponent)) + (z.integer << BigInt(z.exponent - exponent)),
    exponent,
  );
}

describe("fusedMultiplyAdd", () => {
  const random = new RandomState(1);
  const number = (span: number): number => random.uniform(-1, 1) * 2 ** random.randint(-span, span + 1);

  it("rounds a·b + c once, for factors and terms of all relative sizes", () => {
    for (let i = 0; i < 20_000; i++) {
      const [a, b, c] = [number(40), number(40), number(90)];
      expect(fusedMultiplyAdd(a, b, c)).toBe(oracle(a, b, c));
    }
  });

  it("rounds once when the sum cancels", () => {
    for (let i = 0; i < 20_000; i++) {
      const [a, b] = [number(8), number(8)];
      const c = -a * b * (1 + random.randint(-4, 5) * 2 ** -random.randint(40, 53));
      expect(fusedMultiplyAdd(a, b, c)).toBe(oracle(a, b, c));
    }
  });

  it("rounds once near ties, where rounding twice goes wrong", () => {
    let differs = 0;
    for (let i = 0; i < 20_000; i++) {
      // The product is a little more or less than half a unit in the last place of c.
      const c = 1 + random.randint(0, 2 ** 30) * 2 ** -52;
      const a = 2 ** -53 * (1 + random.randint(-3, 4) * 2 ** -52);
      const b = 1 + random.randint(-3, 4) * 2 ** -52;
      const expected = oracle(a, b, c);
      expect(fusedMultiplyAdd(a, b, c)).toBe(expected);
      if (a * b + c !== expected) differs++;
    }
    expect(differs).toBeGreaterThan(500);
  });

  it("keeps a rest that lies just below a power of two", () => {
    for (const sign of [1, -1]) {
      for (const [a, b, c] of [
        [1 + 2 ** -30, 1 + 2 ** -30, 2 ** 53],
        [1 - 2 ** -53, 1 + 2 ** -52, 2 ** 53],
        [1 - 2 ** -53, 1 - 2 ** -53, 2 ** 53 + 2],
        [2 ** -53, 1 - 2 ** -53, 1],
      ]) {
        expect(fusedMultiplyAdd(sign * a, b, c)).toBe(oracle(sign * a, b, c));
        expect(fusedMultiplyAdd(sign * a, b, -c)).toBe(oracle(sign * a, b, -c));
      }
    }
  });

  it("gives exact results for 0 and exact sums", () => {
    expect(fusedMultiplyAdd(0, 5, 7)).toBe(7);
    expect(fusedMultiplyAdd(3, 5, -15)).toBe(0);
    expect(fusedMultiplyAdd(3, 5, 0)).toBe(15);
  });
});
