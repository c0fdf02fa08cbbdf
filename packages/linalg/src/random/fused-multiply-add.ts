const SPLITTER = 134217729; // 2^27 + 1: cuts 53 bits into 26 and 26 (and the sign)

/**
 * a·b + c rounded once, as the instruction of the processor does it.
 *
 * The product is split into p + e without error (Veltkamp, Dekker), p + c into s + t (Knuth); what is left is to
 * round s + t + e once. If t + e is not exact it is rounded to odd, which keeps enough of the lost part for the last
 * addition to round right (Boldo and Melquiond, "Emulation of FMA and correctly rounded sums", 2008).
 *
 * For finite numbers whose product neither overflows nor comes within 2^107 of the denormal numbers.
 */
export function fusedMultiplyAdd(a: number, b: number, c: number): number {
  const p = a * b;
  const aScaled = SPLITTER * a;
  const aHigh = aScaled - (aScaled - a);
  const aLow = a - aHigh;
  const bScaled = SPLITTER * b;
  const bHigh = bScaled - (bScaled - b);
  const bLow = b - bHigh;
  const e = aLow * bLow - (p - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
  const s = p + c;
  const cOfS = s - p;
  const t = p - (s - cOfS) + (c - cOfS);
  const rest = t + e;
  const eOfRest = rest - t;
  const lost = t - (rest - eOfRest) + (e - eOfRest);
  return lost === 0 ? s + rest : s + towardsOdd(rest, lost);
}

const memory = /* @__PURE__ */ new ArrayBuffer(8);
const double: Float64Array = /* @__PURE__ */ new Float64Array(memory);
const halves: Uint32Array = /* @__PURE__ */ new Uint32Array(memory);

/** `value` if its last bit is set; else its neighbor on the side of `lost`. */
function towardsOdd(value: number, lost: number): number {
  double[0] = value;
  if ((halves[0] & 1) === 1) return value;
  // The last bit is 0: up in magnitude sets it, down in magnitude borrows from the bits before it.
  if (value > 0 === lost > 0) halves[0] += 1;
  else if (halves[0] === 0) {
    halves[0] = 0xffffffff;
    halves[1] -= 1;
  } else halves[0] -= 1;
  return double[0];
}
