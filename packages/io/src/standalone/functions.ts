// Derived by scripts/derive-functions.mjs from the elementary functions of @unroll/kernels: do not edit.

/** A declaration, and the names of those it needs, with spaces between. */
export interface Piece {
  readonly needs: string;
  readonly text: string;
}

/** Elementary functions as texts: those of float32 end in 32, those of float64 in 64. */
export const FUNCTIONS: Readonly<Record<string, Piece>> = {
  EXPM1_HIGHEST_64: {
    needs: "",
    text: `const EXPM1_HIGHEST_64 = 709.782712893384; // the last x with e^x < 2¹⁰²⁴`,
  },
  EXPM1_LOWEST_64: {
    needs: "",
    text: `const EXPM1_LOWEST_64 = -38; // e^x - 1 rounds to -1 from -37.43 on`,
  },
  EXP_HIGHEST_64: {
    needs: "",
    text: `const EXP_HIGHEST_64 = 709.782712893384; // the last x with e^x < 2¹⁰²⁴`,
  },
  EXP_LOWEST_64: {
    needs: "",
    text: `const EXP_LOWEST_64 = -746; // e^x rounds to 0 from -745.13 on`,
  },
  HIGHEST_32: {
    needs: "",
    text: `const HIGHEST_32 = 88.72283172607422;`,
  },
  INVERSE_ROOT_TWO_PI: {
    needs: "",
    text: `const INVERSE_ROOT_TWO_PI = 0.3989422804014327;`,
  },
  LAST_32: {
    needs: "",
    text: `const LAST_32 = 24; // so that w = 1 - 2⁻ⁿ is exact`,
  },
  LAST_64: {
    needs: "",
    text: `const LAST_64 = 53; // so that w = 1 - 2⁻ⁿ is exact`,
  },
  LN2_HIGH_32: {
    needs: "",
    text: `/** ln 2 = LN2_HIGH + LN2_LOW. The high part has 16 bits, so n · LN2_HIGH is exact for |n| ≤ 256. */
const LN2_HIGH_32 = 0.693145751953125;`,
  },
  LN2_HIGH_64: {
    needs: "",
    text: `/** ln 2 = LN2_HIGH + LN2_LOW. The high part has 41 bits, so n · LN2_HIGH is exact for |n| ≤ 4096. */
const LN2_HIGH_64 = 0.693147180559663;`,
  },
  LN2_LOW_32: {
    needs: "",
    text: `const LN2_LOW_32 = 1.428606765330187e-6;`,
  },
  LN2_LOW_64: {
    needs: "",
    text: `const LN2_LOW_64 = 2.8235290563031577e-13;`,
  },
  LOG2_E_32: {
    needs: "",
    text: `/** log₂ e. */
const LOG2_E_32 = 1.4426950216293335;`,
  },
  LOG2_E_64: {
    needs: "",
    text: `const LOG2_E_64 = Math.LOG2E;`,
  },
  LOWEST_32: {
    needs: "",
    text: `/** Where e^x leaves the normal float32: e^LOWEST ≥ 2⁻¹²⁶, e^HIGHEST < 2¹²⁸, and their neighbors are beyond. */
const LOWEST_32 = -87.33654022216797;`,
  },
  MILLS: {
    needs: "",
    text: `/** Printed by scripts/normal-tail.py. */
const MILLS = [
  1.5162787047242576, -0.6951298993261068, 0.22792681698869605, -0.05853820347164595, 0.009992171502649853,
  -2.3724695192510734e-5, -0.0007773788411939162, 0.00035607197696572876, -0.00010319934771427636,
  2.1453443168157464e-5, -3.0137494378450214e-6, 1.747664948015056e-7, 3.540563603690036e-8,
  -1.0181937912290337e-8, 6.710040253243329e-10, 1.733738541425328e-10, -3.95780867243046e-11,
  -5.356206967061258e-13, 1.2112157202110216e-12, -8.876538419699296e-14, -3.1162236417408246e-14,
  4.9194295001082866e-15, 7.58344150937515e-16, -2.039117084474298e-16, -1.8742685910513448e-17,
];`,
  },
  NEAR_32: {
    needs: "",
    text: `const NEAR_32 = 0.5;`,
  },
  NEAR_64: {
    needs: "",
    text: `const NEAR_64 = 0.55;`,
  },
  SHIFT_32: {
    needs: "",
    text: `const SHIFT_32 = 12582912; // 1.5 · 2²³: a float32 of this size has no room for a fraction`,
  },
  SHIFT_64: {
    needs: "",
    text: `const SHIFT_64 = 6755399441055744; // 1.5 · 2⁵²: a float64 of this size has no room for a fraction`,
  },
  SIGMOID_FAR_32: {
    needs: "",
    text: `const SIGMOID_FAR_32 = 88;`,
  },
  SIGMOID_FAR_64: {
    needs: "",
    text: `const SIGMOID_FAR_64 = 746; // e^(-x) rounds to 0 from 745.13 on`,
  },
  SMALLEST_NORMAL: {
    needs: "",
    text: `const SMALLEST_NORMAL = 2.2250738585072014e-308; // 2⁻¹⁰²²`,
  },
  SPLITTER: {
    needs: "",
    text: `const SPLITTER = 134217729; // 2²⁷ + 1`,
  },
  SQRT_HALF_WORD: {
    needs: "",
    text: `const SQRT_HALF_WORD = 0x3fe6a09e;`,
  },
  STEP: {
    needs: "",
    text: `const STEP = 0.3465735912322998; // ½ ln 2; its products with 1 … 8 are exact`,
  },
  STEPS_PER_ONE_32: {
    needs: "",
    text: `const STEPS_PER_ONE_32 = 2.885390043258667;`,
  },
  STEPS_PER_ONE_64: {
    needs: "",
    text: `const STEPS_PER_ONE_64 = 2.8853900817779268;`,
  },
  STEP_HIGH: {
    needs: "",
    text: `/** ½ ln 2 in two parts; n · STEP_HIGH is exact for n ≤ 4096. */
const STEP_HIGH = 0.3465735902798315;`,
  },
  STEP_LOW: {
    needs: "",
    text: `const STEP_LOW = 1.4117645281515789e-13;`,
  },
  TANH_FAR_32: {
    needs: "",
    text: `const TANH_FAR_32 = 9.015625; // tanh rounds to 1 from here on`,
  },
  TANH_FAR_64: {
    needs: "",
    text: `const TANH_FAR_64 = 19.0625; // tanh rounds to 1 from here on`,
  },
  UPPER_HALF: {
    needs: "",
    text: `const UPPER_HALF = 0xfffff000; // a significand of 12 bits: products of two such numbers are exact`,
  },
  addToHighWord: {
    needs: "floats64 words",
    text: `/** x with another high word: \`change\` is added to it. */
function addToHighWord(x, change) {
  floats64[0] = x;
  words[1] += change;
  return floats64[0];
}`,
  },
  bitsOf: {
    needs: "floats32 integers",
    text: `/** The bits of a float32 as an integer. */
function bitsOf(x) {
  floats32[0] = x;
  return integers[0];
}`,
  },
  cothTail: {
    needs: "",
    text: `/** r coth r - 1 = Σ 2²ᵏ B₂ₖ/(2k)! r²ᵏ to k = 11, for |r| ≤ 0.55; the rest is below 2⁻⁵⁸. */
function cothTail(r) {
  const z = r * r;
  let p = -2.2805151204592183e-10 + 2.3106432599002624e-11 * z;
  p = 2.2507846516808994e-9 + p * z;
  p = -2.2214608789979678e-8 + p * z;
  p = 2.1925947851873778e-7 + p * z;
  p = -2.1644042808063972e-6 + p * z;
  p = 2 / 93555 + p * z;
  p = -1 / 4725 + p * z;
  p = 2 / 945 + p * z;
  p = -1 / 45 + p * z;
  p = 1 / 3 + p * z;
  return z * p;
}`,
  },
  exp32: {
    needs: "f nearest32 LOG2_E_32 LN2_HIGH_32 LN2_LOW_32 expTail32 HIGHEST_32 LOWEST_32 fromBits bitsOf",
    text: `/**
 * e^x = 2ⁿ e^r with n = x log₂e rounded and r = x - n ln 2.
 *
 * The reduced r is used in two parts, high and low: e^r = 1 + (high + (tail - low)) rounds the large numbers once.
 * Results below 2⁻¹²⁶ are flushed to +0.
 */
function exp32(x) {
  const z = f(x);
  const n = nearest32(f(z * LOG2_E_32));
  const high = f(z - f(n * LN2_HIGH_32));
  const low = f(n * LN2_LOW_32);
  const y = f(1 + f(high + f(expTail32(f(high - low)) - low)));
  if (z > HIGHEST_32)
    return Infinity;
  if (z < LOWEST_32)
    return 0;
  return Number.isNaN(z) ? z : fromBits(bitsOf(y) + (n << 23));
}`,
  },
  exp64: {
    needs: "EXP_HIGHEST_64 EXP_LOWEST_64 nearest64 LOG2_E_64 LN2_HIGH_64 LN2_LOW_64 scale expTail64",
    text: `/**
 * e^x = 2ⁿ e^r with n = x log₂e rounded and r = x - n ln 2.
 *
 * 1 + r is taken in two parts, so that only the last addition rounds visibly. Denormal results are rounded once more.
 */
function exp64(x) {
  if (!(x <= EXP_HIGHEST_64))
    return x + Infinity;
  if (x < EXP_LOWEST_64)
    return 0;
  const n = nearest64(x * LOG2_E_64);
  const high = x - n * LN2_HIGH_64;
  const low = n * LN2_LOW_64;
  const sum = 1 + high;
  const sumLow = high - (sum - 1);
  return scale(sum + (sumLow + (expTail64(high - low) - low)), n);
}`,
  },
  expTail32: {
    needs: "f",
    text: `/** e^r - 1 - r for |r| ≤ ½ ln 2: r² times a minimax polynomial, error 2⁻²⁸ e^r (scripts/minimax.py). */
function expTail32(r) {
  let q = f(0.008368745446205139 + f(0.0013814540579915047 * r));
  q = f(0.04166838899254799 + f(q * r));
  q = f(0.1666652113199234 + f(q * r));
  q = f(0.4999999403953552 + f(q * r));
  return f(f(r * r) * q);
}`,
  },
  expTail64: {
    needs: "",
    text: `/** e^r - 1 - r = r²/2! + r³/3! + … + r¹⁴/14! for |r| ≤ ½ ln 2; the rest is below 2⁻⁶³. */
function expTail64(r) {
  let q = 1 / 6227020800 + r / 87178291200;
  q = 1 / 479001600 + q * r;
  q = 1 / 39916800 + q * r;
  q = 1 / 3628800 + q * r;
  q = 1 / 362880 + q * r;
  q = 1 / 40320 + q * r;
  q = 1 / 5040 + q * r;
  q = 1 / 720 + q * r;
  q = 1 / 120 + q * r;
  q = 1 / 24 + q * r;
  q = 1 / 6 + q * r;
  const rr = r * r;
  return 0.5 * rr + r * rr * q;
}`,
  },
  expm164: {
    needs: "EXPM1_HIGHEST_64 EXPM1_LOWEST_64 nearest64 LOG2_E_64 scale LN2_HIGH_64 LN2_LOW_64 expTail64",
    text: `/**
 * e^x - 1 = 2ⁿ ((1 - 2⁻ⁿ) + r + tail), reduced as in \`exp\`.
 *
 * What the two large sums lose is put back into the small one, so that only the last addition rounds visibly.
 */
function expm164(x) {
  if (!(x <= EXPM1_HIGHEST_64))
    return x + Infinity;
  if (x < EXPM1_LOWEST_64)
    return -1;
  if (x === 0)
    return x;
  const n = nearest64(x * LOG2_E_64);
  const inverse = scale(1, -n);
  const base = 1 - inverse;
  const baseLow = 1 - base - inverse;
  const high = x - n * LN2_HIGH_64;
  const low = n * LN2_LOW_64;
  const sum = base + high;
  const sumLow = high - (sum - base);
  const y = sum + (sumLow + (expTail64(high - low) - low + baseLow));
  return n === 0 ? y : scale(y, n);
}`,
  },
  exponentOf: {
    needs: "highWord SQRT_HALF_WORD",
    text: `/** k with √½ ≤ 2⁻ᵏ x < √2, about. */
function exponentOf(x) {
  return (highWord(x) - SQRT_HALF_WORD) >> 20;
}`,
  },
  f: {
    needs: "",
    text: `const f = Math.fround;`,
  },
  floats32: {
    needs: "memory32",
    text: `const floats32 = new Float32Array(memory32);`,
  },
  floats64: {
    needs: "memory64",
    text: `const floats64 = new Float64Array(memory64);`,
  },
  fromBits: {
    needs: "integers floats32",
    text: `/** The float32 that has these bits. */
function fromBits(bits) {
  integers[0] = bits;
  return floats32[0];
}`,
  },
  highWord: {
    needs: "floats64 words",
    text: `/** The sign, exponent and leading 20 bits of the fraction of a float64. */
function highWord(x) {
  floats64[0] = x;
  return words[1];
}`,
  },
  integers: {
    needs: "memory32",
    text: `const integers = new Int32Array(memory32);`,
  },
  log1p64: {
    needs: "exponentOf logTail addToHighWord sumOfLogs",
    text: `/**
 * log(1 + x), exact in the leading digits for small x too.
 *
 * With w = 1 + x rounded and c what the rounding lost, log(1 + x) = log w + c/w. Where w needs no scaling (k = 0)
 * the argument is x itself. log1p(-1) = -∞, below it is NaN.
 */
function log1p64(x) {
  if (!(x > -1))
    return x === -1 ? -Infinity : NaN;
  if (x === 0 || x === Infinity)
    return x;
  const w = 1 + x;
  const k = exponentOf(w);
  if (k === 0)
    return x + logTail(x);
  const c = x < 1 ? x - (w - 1) : 1 - (w - x);
  const u = addToHighWord(w, -(k << 20)) - 1;
  return sumOfLogs(k, u, logTail(u) + c / w);
}`,
  },
  log64: {
    needs: "SMALLEST_NORMAL exponentOf addToHighWord sumOfLogs logTail",
    text: `/**
 * log x = k ln 2 + log(1 + u), where x = 2ᵏ (1 + u) and 1 + u is between √½ and √2.
 *
 * log 0 = -∞, the logarithm of a negative number is NaN. Denormal x are scaled first.
 */
function log64(x) {
  if (!(x > 0))
    return x === 0 ? -Infinity : NaN;
  if (x === Infinity)
    return x;
  const denormal = x < SMALLEST_NORMAL;
  const z = denormal ? x * 18014398509481984 : x;
  const k = exponentOf(z);
  const u = addToHighWord(z, -(k << 20)) - 1;
  return sumOfLogs(denormal ? k - 54 : k, u, logTail(u));
}`,
  },
  logTail: {
    needs: "",
    text: `/**
 * log(1 + u) - u for 1 + u between √½ and √2: with s = u/(2+u), log(1+u) = 2 artanh s = u - s (u - 2 Σ s²ⁱ/(2i+1)),
 * arranged so that the large part -u²/2 is rounded once.
 */
function logTail(u) {
  const s = u / (2 + u);
  const z = s * s;
  let p = 2 / 21 + (2 / 23) * z;
  p = 2 / 19 + p * z;
  p = 2 / 17 + p * z;
  p = 2 / 15 + p * z;
  p = 2 / 13 + p * z;
  p = 2 / 11 + p * z;
  p = 2 / 9 + p * z;
  p = 2 / 7 + p * z;
  p = 2 / 5 + p * z;
  p = 2 / 3 + p * z;
  const half = 0.5 * u * u;
  return s * (half + p * z) - half;
}`,
  },
  memory32: {
    needs: "",
    text: `const memory32 = new ArrayBuffer(4);`,
  },
  memory64: {
    needs: "",
    text: `const memory64 = new ArrayBuffer(8);`,
  },
  millsRatio: {
    needs: "MILLS",
    text: `/**
 * Mills' ratio R(x) = Φ(-x)/φ(x) for x ≥ 0, to a few units in the last place: (x + 2) R(x) is a Chebyshev series in
 * t = (x - 6)/(x + 6), summed by Clenshaw's recurrence.
 */
function millsRatio(x) {
  const t = (x - 6) / (x + 6);
  let b1 = 0;
  let b2 = 0;
  for (let k = MILLS.length - 1; k > 0; k--) {
    const b = 2 * t * b1 - b2 + MILLS[k];
    b2 = b1;
    b1 = b;
  }
  return (t * b1 - b2 + MILLS[0]) / (x + 2);
}`,
  },
  nearest32: {
    needs: "f SHIFT_32",
    text: `/** The integer nearest to x, ties to even, for |x| < 2²². */
function nearest32(x) {
  return f(f(x + SHIFT_32) - SHIFT_32);
}`,
  },
  nearest64: {
    needs: "SHIFT_64",
    text: `/** The integer nearest to x, ties to even, for |x| < 2⁵¹. */
function nearest64(x) {
  return x + SHIFT_64 - SHIFT_64;
}`,
  },
  normalDensity: {
    needs: "exp64 INVERSE_ROOT_TWO_PI",
    text: `/** φ(x) = e^(-x²/2)/√(2π). The square is split, so that its rounding error doesn't grow in the exponent. */
function normalDensity(x) {
  if (Math.abs(x) > 40)
    return 0;
  const high = Math.fround(x);
  const low = x - high;
  return (exp64(-0.5 * high * high) * exp64(-0.5 * low * (x + high)) * INVERSE_ROOT_TWO_PI);
}`,
  },
  powerOfTwo32: {
    needs: "integers floats32",
    text: `/** 2ⁿ, exactly, for -127 < n < 128. */
function powerOfTwo32(n) {
  integers[0] = (n + 127) << 23;
  return floats32[0];
}`,
  },
  powerOfTwo64: {
    needs: "words floats64",
    text: `/** 2ⁿ, exactly, for -1023 < n < 1024. */
function powerOfTwo64(n) {
  words[0] = 0;
  words[1] = (n + 1023) << 20;
  return floats64[0];
}`,
  },
  scale: {
    needs: "powerOfTwo64",
    text: `/** x 2ⁿ for |n| < 2045, rounded once; x is between ½ and 2. */
function scale(x, n) {
  const half = n >> 1;
  return x * powerOfTwo64(half) * powerOfTwo64(n - half);
}`,
  },
  sigmoid32: {
    needs:
      "f SIGMOID_FAR_32 nearest32 LOG2_E_32 LN2_HIGH_32 LN2_LOW_32 expTail32 powerOfTwo32 fromBits bitsOf UPPER_HALF LOWEST_32",
    text: `/**
 * 1/(1 + e^(-x)): q for negative x and 1 - q for positive, with q = 1/(1 + e^|x|) = 2⁻ⁿ/d and d = 2⁻ⁿ + e^r.
 *
 * The quotient is taken in two parts. With d = d₁ + d₂ and q₁ ≈ 1/d, both of 12 bits, q₁d₁ is exact and
 * 1/d = q₁ + (1 - q₁d₁ - q₁d₂)/d. Results below 2⁻¹²⁶ are flushed to +0.
 */
function sigmoid32(x) {
  const z = f(x);
  const a = Math.abs(z) > SIGMOID_FAR_32 ? SIGMOID_FAR_32 : Math.abs(z);
  const n = nearest32(f(a * LOG2_E_32));
  const high = f(a - f(n * LN2_HIGH_32));
  const low = f(n * LN2_LOW_32);
  const tail = f(expTail32(f(high - low)) - low);
  const scale = n < 127 ? powerOfTwo32(-n) : 0;
  const base = f(1 + scale);
  const baseLow = f(scale - f(base - 1));
  const d = f(base + f(high + tail));
  const d1 = fromBits(bitsOf(d) & UPPER_HALF);
  const d2 = f(f(f(base - d1) + high) + f(tail + baseLow));
  const quotient = f(1 / d);
  const q1 = fromBits(bitsOf(quotient) & UPPER_HALF);
  const rest = f(f(1 - f(q1 * d1)) - f(q1 * d2));
  const q = f(f(q1 + f(quotient * rest)) * scale);
  if (z >= 0)
    return f(1 - q);
  return z < LOWEST_32 ? 0 : q;
}`,
  },
  sigmoid64: {
    needs: "SIGMOID_FAR_64 nearest64 LOG2_E_64 LN2_HIGH_64 LN2_LOW_64 expTail64 scale upperHalf",
    text: `/**
 * 1/(1 + e^(-x)): q for negative x and 1 - q for positive, with q = 1/(1 + e^|x|) = 2⁻ⁿ/d and d = 2⁻ⁿ + e^r.
 *
 * The quotient is taken in two parts. With d = d₁ + d₂ and q₁ ≈ 1/d, both of 26 bits, q₁d₁ is exact and
 * 1/d = q₁ + (1 - q₁d₁ - q₁d₂)/d.
 */
function sigmoid64(x) {
  const a = Math.abs(x) > SIGMOID_FAR_64 ? SIGMOID_FAR_64 : Math.abs(x);
  const n = nearest64(a * LOG2_E_64);
  const high = a - n * LN2_HIGH_64;
  const low = n * LN2_LOW_64;
  const tail = expTail64(high - low) - low;
  const inverse = scale(1, -n);
  const base = 1 + inverse;
  const baseLow = inverse - (base - 1);
  const d = base + (high + tail);
  const d1 = upperHalf(d);
  const d2 = base - d1 + high + (tail + baseLow);
  const quotient = 1 / d;
  const q1 = upperHalf(quotient);
  const rest = 1 - q1 * d1 - q1 * d2;
  const q = scale(q1 + quotient * rest, -n);
  return x >= 0 ? 1 - q : q;
}`,
  },
  sumOfLogs: {
    needs: "LN2_HIGH_64 LN2_LOW_64",
    text: `/** k ln 2 + u + tail, where only the last addition rounds visibly. */
function sumOfLogs(k, u, tail) {
  const large = k * LN2_HIGH_64;
  const sum = large + u;
  const rest = large - sum + u;
  return sum + (rest + (tail + k * LN2_LOW_64));
}`,
  },
  tanh32: {
    needs: "f TANH_FAR_32 NEAR_32 STEPS_PER_ONE_32 LAST_32 powerOfTwo32 STEP",
    text: `/**
 * tanh x, odd, from |x| = n ½ ln 2 + r with n = 0 below ½.
 *
 * With s = 2ⁿ and b = r coth r, so that e^(2r) = (b + r)/(b - r):
 *
 *     n = 0:  tanh = r - 2r (b - 1)/d
 *     n > 0:  tanh = w - (w (b - r) - 2r)/d,  w = 1 - 1/s
 *     d = (b - r) + s (b + r)
 *
 * A number that is nearly or wholly exact minus a small quotient: the errors of the quotient weigh little.
 * b - 1 is r² times a minimax polynomial (scripts/minimax.py). 34 operations, one division, no branch.
 */
function tanh32(x) {
  const z = f(x);
  const a = Math.abs(z) > TANH_FAR_32 ? TANH_FAR_32 : Math.abs(z);
  const near = a < NEAR_32;
  const steps = Math.floor(f(a * STEPS_PER_ONE_32));
  const n = near ? 0 : steps > LAST_32 ? LAST_32 : steps;
  const s = powerOfTwo32(n);
  const r = f(a - f(n * STEP));
  const rr = f(r * r);
  const p = f(-0.022208331152796745 + f(0.0020187031477689743 * rr));
  const tail = f(rr * f(0.33333277702331543 + f(p * rr)));
  const b = f(1 + tail);
  const under = f(b - r);
  const d = f(under + f(s * f(b + r)));
  const w = f(1 - powerOfTwo32(-n));
  const twice = f(r + r);
  const y = f((near ? r : w) - f((near ? f(twice * tail) : f(f(w * under) - twice)) / d));
  return z > 0 ? y : z < 0 ? -y : z;
}`,
  },
  tanh64: {
    needs: "TANH_FAR_64 NEAR_64 STEPS_PER_ONE_64 LAST_64 powerOfTwo64 STEP_HIGH STEP_LOW cothTail",
    text: `/**
 * tanh x, odd, from |x| = n ½ ln 2 + r with n = 0 below 0.55.
 *
 * With s = 2ⁿ and b = r coth r, so that e^(2r) = (b + r)/(b - r):
 *
 *     n = 0:  tanh = r - 2r (b - 1)/d
 *     n > 0:  tanh = w - (w (b - r) - 2r)/d,  w = 1 - 1/s
 *     d = (b - r) + s (b + r)
 *
 * A number that is nearly or wholly exact minus a small quotient: the errors of the quotient weigh little.
 */
function tanh64(x) {
  const a = Math.abs(x) > TANH_FAR_64 ? TANH_FAR_64 : Math.abs(x);
  const near = a < NEAR_64;
  const steps = Math.floor(a * STEPS_PER_ONE_64);
  const n = near ? 0 : steps > LAST_64 ? LAST_64 : steps;
  const s = powerOfTwo64(n);
  const r = a - n * STEP_HIGH - n * STEP_LOW;
  const tail = cothTail(r);
  const b = 1 + tail;
  const under = b - r;
  const d = under + s * (b + r);
  const w = 1 - powerOfTwo64(-n);
  const twice = r + r;
  const y = (near ? r : w) - (near ? twice * tail : w * under - twice) / d;
  return x > 0 ? y : x < 0 ? -y : x;
}`,
  },
  upperHalf: {
    needs: "SPLITTER",
    text: `/** x rounded to 26 bits. */
function upperHalf(x) {
  const shifted = SPLITTER * x;
  return shifted - (shifted - x);
}`,
  },
  words: {
    needs: "memory64",
    text: `const words = new Int32Array(memory64); // low word first, as on every machine that engines run on`,
  },
};
