const memory = /* @__PURE__ */ new ArrayBuffer(8);
const floats = /* @__PURE__ */ new Float64Array(memory);
const words = /* @__PURE__ */ new Int32Array(memory); // low word first, as on every machine that engines run on

/** The sign, exponent and leading 20 bits of the fraction of a float64. */
export function highWord(x: number): number {
  floats[0] = x;
  return words[1];
}

/** x with another high word: `change` is added to it. */
export function addToHighWord(x: number, change: number): number {
  floats[0] = x;
  words[1] += change;
  return floats[0];
}

/** 2ⁿ, exactly, for -1023 < n < 1024. */
export function powerOfTwo(n: number): number {
  words[0] = 0;
  words[1] = (n + 1023) << 20;
  return floats[0];
}

/** x 2ⁿ for |n| < 2045, rounded once; x is between ½ and 2. */
export function scale(x: number, n: number): number {
  const half = n >> 1;
  return x * powerOfTwo(half) * powerOfTwo(n - half);
}
