// exp, tanh, sigmoid of two float64 at once, and log of one: operation by operation those of src/elementary/float64.
// `k` is `constantsRoom()`. They are divided as those of elementary32.ts.
import * as c from "./constants64";
import { HIGH, LOW, PLACES, TAIL } from "./stages";

/** An integer n in the lowest bits of n + 1.5·2⁵², from where a shift takes it into an exponent. */
// @ts-expect-error: decorator
@inline
function shifted(x: v128, k: usize): v128 {
  return f64x2.add(x, v128.load(k, c.SHIFT));
}

/** 2ⁿ for -1023 < n < 1024, n given as `shifted`. */
// @ts-expect-error: decorator
@inline
function powerOfTwo(n: v128, k: usize): v128 {
  return i64x2.shl(i64x2.add(n, v128.load(k, c.BIAS)), 52);
}

/** x 2ⁿ for |n| < 2045, rounded once. */
// @ts-expect-error: decorator
@inline
function scale(x: v128, n: v128, k: usize): v128 {
  const half = f64x2.floor(f64x2.mul(n, v128.load(k, c.HALF)));
  const first = f64x2.mul(x, powerOfTwo(shifted(half, k), k));
  return f64x2.mul(first, powerOfTwo(shifted(f64x2.sub(n, half), k), k));
}

/** Σ of the powers of z with the coefficients at `k`, `last` the offset of the highest. */
// @ts-expect-error: decorator
@inline
function polynomial(z: v128, k: usize, last: usize): v128 {
  let p = f64x2.add(v128.load(k + last - 16), f64x2.mul(v128.load(k + last), z));
  for (let at = k + last - 32; at >= k; at -= 16) p = f64x2.add(v128.load(at), f64x2.mul(p, z));
  return p;
}

/** n ← z / ln 2 rounded, z - n ln 2 in two parts. */
// @ts-expect-error: decorator
@inline
export function expReduce(z: v128, room: usize, k: usize): void {
  const n = f64x2.sub(shifted(f64x2.mul(z, v128.load(k, c.LOG2_E)), k), v128.load(k, c.SHIFT));
  v128.store(room, n, PLACES);
  v128.store(room, f64x2.sub(z, f64x2.mul(n, v128.load(k, c.LN2_HIGH))), HIGH);
  v128.store(room, f64x2.mul(n, v128.load(k, c.LN2_LOW)), LOW);
}

/** e^r - 1 - high for r = high - low. */
// @ts-expect-error: decorator
@inline
export function expTail(room: usize, k: usize): void {
  const low = v128.load(room, LOW);
  const r = f64x2.sub(v128.load(room, HIGH), low);
  const q = polynomial(r, k + c.EXP, 176);
  const rr = f64x2.mul(r, r);
  const tail = f64x2.add(f64x2.mul(v128.load(k, c.HALF), rr), f64x2.mul(f64x2.mul(r, rr), q));
  v128.store(room, f64x2.sub(tail, low), TAIL);
}

/** e^z of numbers that are not positive. */
// @ts-expect-error: decorator
@inline
export function expOfNonPositive(z: v128, room: usize, k: usize): v128 {
  const high = v128.load(room, HIGH);
  const sum = f64x2.add(v128.load(k, c.ONE), high);
  const sumLow = f64x2.sub(high, f64x2.sub(sum, v128.load(k, c.ONE)));
  const y = f64x2.add(sum, f64x2.add(sumLow, v128.load(room, TAIL)));
  return v128.andnot(scale(y, v128.load(room, PLACES), k), f64x2.lt(z, v128.load(k, c.EXP_LOWEST)));
}

/** n ← steps in |z|, |z| less n steps. */
// @ts-expect-error: decorator
@inline
export function tanhReduce(z: v128, room: usize, k: usize): void {
  // pmin(a, b) is a for a NaN a, so NaN goes through.
  const a = f64x2.pmin(f64x2.abs(z), v128.load(k, c.TANH_FAR));
  const steps = f64x2.floor(f64x2.mul(a, v128.load(k, c.TANH_STEPS_PER_ONE)));
  const n = v128.andnot(f64x2.pmin(steps, v128.load(k, c.TANH_LAST)), f64x2.lt(a, v128.load(k, c.TANH_NEAR)));
  const r = f64x2.sub(
    f64x2.sub(a, f64x2.mul(n, v128.load(k, c.TANH_STEP_HIGH))),
    f64x2.mul(n, v128.load(k, c.TANH_STEP_LOW)),
  );
  v128.store(room, n, PLACES);
  v128.store(room, r, HIGH);
}

/** r coth r - 1. */
// @ts-expect-error: decorator
@inline
export function tanhTail(room: usize, k: usize): void {
  const r = v128.load(room, HIGH);
  const rr = f64x2.mul(r, r);
  v128.store(room, f64x2.mul(rr, polynomial(rr, k + c.TANH, 160)), TAIL);
}

// @ts-expect-error: decorator
@inline
export function tanh(z: v128, room: usize, k: usize): v128 {
  const n = v128.load(room, PLACES);
  const r = v128.load(room, HIGH);
  const tail = v128.load(room, TAIL);
  const near = f64x2.lt(f64x2.abs(z), v128.load(k, c.TANH_NEAR));
  const b = f64x2.add(v128.load(k, c.ONE), tail);
  const under = f64x2.sub(b, r);
  const d = f64x2.add(under, f64x2.mul(powerOfTwo(shifted(n, k), k), f64x2.add(b, r)));
  const w = f64x2.sub(v128.load(k, c.ONE), powerOfTwo(shifted(f64x2.neg(n), k), k));
  const twice = f64x2.add(r, r);
  const above = v128.bitselect(f64x2.mul(twice, tail), f64x2.sub(f64x2.mul(w, under), twice), near);
  const y = f64x2.sub(v128.bitselect(r, w, near), f64x2.div(above, d));
  return v128.or(y, v128.and(z, v128.load(k, c.SIGN)));
}

/** What `expReduce` does, of |z|; its polynomial is `expTail`. */
// @ts-expect-error: decorator
@inline
export function sigmoidReduce(z: v128, room: usize, k: usize): void {
  expReduce(f64x2.pmin(f64x2.abs(z), v128.load(k, c.SIGMOID_FAR)), room, k);
}

/** x rounded to 26 bits. */
// @ts-expect-error: decorator
@inline
function upperHalf(x: v128, k: usize): v128 {
  const split = f64x2.mul(v128.load(k, c.SPLITTER), x);
  return f64x2.sub(split, f64x2.sub(split, x));
}

// @ts-expect-error: decorator
@inline
export function sigmoid(z: v128, room: usize, k: usize): v128 {
  const one = v128.load(k, c.ONE);
  const high = v128.load(room, HIGH);
  const tail = v128.load(room, TAIL);
  const minus = f64x2.neg(v128.load(room, PLACES));
  const inverse = scale(one, minus, k);
  const base = f64x2.add(one, inverse);
  const baseLow = f64x2.sub(inverse, f64x2.sub(base, one));
  const d = f64x2.add(base, f64x2.add(high, tail));
  const d1 = upperHalf(d, k);
  const d2 = f64x2.add(f64x2.add(f64x2.sub(base, d1), high), f64x2.add(tail, baseLow));
  const quotient = f64x2.div(one, d);
  const q1 = upperHalf(quotient, k);
  const rest = f64x2.sub(f64x2.sub(one, f64x2.mul(q1, d1)), f64x2.mul(q1, d2));
  const q = scale(f64x2.add(q1, f64x2.mul(quotient, rest)), minus, k);
  return v128.bitselect(f64x2.sub(one, q), q, f64x2.ge(z, f64x2.splat(0)));
}

const SMALLEST_NORMAL: f64 = 2.2250738585072014e-308;
const SQRT_HALF_WORD: i32 = 0x3fe6a09e;
const LN2_HIGH: f64 = 0.693147180559663;
const LN2_LOW: f64 = 2.8235290563031577e-13;

/** One logarithm: rows need one each. */
export function log(x: f64): f64 {
  if (!(x > 0)) return x == 0 ? -Infinity : NaN;
  if (x == Infinity) return x;
  const denormal = x < SMALLEST_NORMAL;
  const bits = reinterpret<i64>(denormal ? x * 18014398509481984 : x);
  let k = (<i32>(bits >> 32) - SQRT_HALF_WORD) >> 20;
  const u = reinterpret<f64>(bits - ((<i64>k) << 52)) - 1;
  const s = u / (2 + u);
  const z = s * s;
  let p: f64 = 2.0 / 21.0 + (2.0 / 23.0) * z;
  for (let i: f64 = 19; i >= 3; i -= 2) p = 2.0 / i + p * z;
  const half = 0.5 * u * u;
  const tail = s * (half + p * z) - half;
  if (denormal) k -= 54;
  const large = <f64>k * LN2_HIGH;
  const sum = large + u;
  const rest = large - sum + u;
  return sum + (rest + (tail + <f64>k * LN2_LOW));
}
