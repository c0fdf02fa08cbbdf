const memory = /* @__PURE__ */ new ArrayBuffer(4);
const floats = /* @__PURE__ */ new Float32Array(memory);
const integers = /* @__PURE__ */ new Int32Array(memory);

/** The bits of a float32 as an integer. */
export function bitsOf(x: number): number {
  floats[0] = x;
  return integers[0];
}

/** The float32 that has these bits. */
export function fromBits(bits: number): number {
  integers[0] = bits;
  return floats[0];
}

/** 2ⁿ, exactly, for -127 < n < 128. */
export function powerOfTwo(n: number): number {
  integers[0] = (n + 127) << 23;
  return floats[0];
}
