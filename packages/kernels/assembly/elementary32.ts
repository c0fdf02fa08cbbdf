// exp, tanh, sigmoid of four float32 at once, and log of one: operation by operation those of src/elementary/float32.
// `k` is `constantsRoom()`. Each of the first three is divided into what stages.ts runs one after the other: the
// argument brought near 0, a polynomial there, and the result. Between them, numbers wait in the slots at `room`.
import * as c from "./constants32";
import { HIGH, LOW, PLACES, TAIL } from "./stages";

/** An integer n in the lowest bits of n + 12582912, from where a shift takes it into an exponent. */
// @ts-expect-error: decorator
@inline
function shifted(x: v128, k: usize): v128 {
  return f32x4.add(x, v128.load(k, c.SHIFT));
}

/** 2ⁿ for -127 < n < 128, n given as `shifted`. */
// @ts-expect-error: decorator
@inline
function powerOfTwo(n: v128, k: usize): v128 {
  return i32x4.shl(i32x4.add(n, v128.load(k, c.BIAS)), 23);
}

/** 2⁻ⁿ. */
// @ts-expect-error: decorator
@inline
function inversePowerOfTwo(n: v128, k: usize): v128 {
  return i32x4.shl(i32x4.sub(v128.load(k, c.BIAS), n), 23);
}

/** n ← z / ln 2 rounded, z - n ln 2 in two parts. */
// @ts-expect-error: decorator
@inline
export function expReduce(z: v128, room: usize, k: usize): void {
  const places = shifted(f32x4.mul(z, v128.load(k, c.LOG2_E)), k);
  const n = f32x4.sub(places, v128.load(k, c.SHIFT));
  v128.store(room, places, PLACES);
  v128.store(room, f32x4.sub(z, f32x4.mul(n, v128.load(k, c.LN2_HIGH))), HIGH);
  v128.store(room, f32x4.mul(n, v128.load(k, c.LN2_LOW)), LOW);
}

/** e^r - 1 - high for r = high - low. */
// @ts-expect-error: decorator
@inline
export function expTail(room: usize, k: usize): void {
  const low = v128.load(room, LOW);
  const r = f32x4.sub(v128.load(room, HIGH), low);
  let q = f32x4.add(v128.load(k, c.EXP_5), f32x4.mul(v128.load(k, c.EXP_6), r));
  q = f32x4.add(v128.load(k, c.EXP_4), f32x4.mul(q, r));
  q = f32x4.add(v128.load(k, c.EXP_3), f32x4.mul(q, r));
  q = f32x4.add(v128.load(k, c.EXP_2), f32x4.mul(q, r));
  v128.store(room, f32x4.sub(f32x4.mul(f32x4.mul(r, r), q), low), TAIL);
}

/** e^z of numbers that are not positive, as after the largest of a row was taken off: they can't overflow. */
// @ts-expect-error: decorator
@inline
export function expOfNonPositive(z: v128, room: usize, k: usize): v128 {
  const y = f32x4.add(v128.load(k, c.ONE), f32x4.add(v128.load(room, HIGH), v128.load(room, TAIL)));
  const scaled = i32x4.add(y, i32x4.shl(v128.load(room, PLACES), 23));
  const result = v128.andnot(scaled, f32x4.lt(z, v128.load(k, c.EXP_LOWEST)));
  return v128.bitselect(result, z, f32x4.eq(z, z));
}

/** n ← steps in |z|, |z| less n steps. */
// @ts-expect-error: decorator
@inline
export function tanhReduce(z: v128, room: usize, k: usize): void {
  // pmin(a, b) is a for a NaN a, so NaN goes through.
  const a = f32x4.pmin(f32x4.abs(z), v128.load(k, c.TANH_FAR));
  const steps = f32x4.floor(f32x4.mul(a, v128.load(k, c.TANH_STEPS_PER_ONE)));
  const n = v128.andnot(f32x4.pmin(steps, v128.load(k, c.TANH_LAST)), f32x4.lt(a, v128.load(k, c.TANH_NEAR)));
  v128.store(room, shifted(n, k), PLACES);
  v128.store(room, f32x4.sub(a, f32x4.mul(n, v128.load(k, c.TANH_STEP))), HIGH);
}

/** r coth r - 1. */
// @ts-expect-error: decorator
@inline
export function tanhTail(room: usize, k: usize): void {
  const r = v128.load(room, HIGH);
  const rr = f32x4.mul(r, r);
  const p = f32x4.add(v128.load(k, c.TANH_2), f32x4.mul(v128.load(k, c.TANH_3), rr));
  v128.store(room, f32x4.mul(rr, f32x4.add(v128.load(k, c.TANH_1), f32x4.mul(p, rr))), TAIL);
}

// @ts-expect-error: decorator
@inline
export function tanh(z: v128, room: usize, k: usize): v128 {
  const places = v128.load(room, PLACES);
  const r = v128.load(room, HIGH);
  const tail = v128.load(room, TAIL);
  const near = f32x4.lt(f32x4.abs(z), v128.load(k, c.TANH_NEAR));
  const b = f32x4.add(v128.load(k, c.ONE), tail);
  const under = f32x4.sub(b, r);
  const d = f32x4.add(under, f32x4.mul(powerOfTwo(places, k), f32x4.add(b, r)));
  const w = f32x4.sub(v128.load(k, c.ONE), inversePowerOfTwo(places, k));
  const twice = f32x4.add(r, r);
  const above = v128.bitselect(f32x4.mul(twice, tail), f32x4.sub(f32x4.mul(w, under), twice), near);
  const y = f32x4.sub(v128.bitselect(r, w, near), f32x4.div(above, d));
  return v128.or(y, v128.and(z, v128.load(k, c.SIGN)));
}

/** What `expReduce` does, of |z|; its polynomial is `expTail`. */
// @ts-expect-error: decorator
@inline
export function sigmoidReduce(z: v128, room: usize, k: usize): void {
  expReduce(f32x4.pmin(f32x4.abs(z), v128.load(k, c.SIGMOID_FAR)), room, k);
}

// @ts-expect-error: decorator
@inline
export function sigmoid(z: v128, room: usize, k: usize): v128 {
  const one = v128.load(k, c.ONE);
  const upperHalf = v128.load(k, c.HIGHER_HALF);
  const places = v128.load(room, PLACES);
  const high = v128.load(room, HIGH);
  const tail = v128.load(room, TAIL);
  const n = f32x4.sub(places, v128.load(k, c.SHIFT));
  const scale = v128.and(inversePowerOfTwo(places, k), f32x4.lt(n, v128.load(k, c.SIGMOID_LAST)));
  const base = f32x4.add(one, scale);
  const baseLow = f32x4.sub(scale, f32x4.sub(base, one));
  const d = f32x4.add(base, f32x4.add(high, tail));
  const d1 = v128.and(d, upperHalf);
  const d2 = f32x4.add(f32x4.add(f32x4.sub(base, d1), high), f32x4.add(tail, baseLow));
  const quotient = f32x4.div(one, d);
  const q1 = v128.and(quotient, upperHalf);
  const rest = f32x4.sub(f32x4.sub(one, f32x4.mul(q1, d1)), f32x4.mul(q1, d2));
  const q = f32x4.mul(f32x4.add(q1, f32x4.mul(quotient, rest)), scale);
  const negative = v128.andnot(q, f32x4.lt(z, v128.load(k, c.EXP_LOWEST)));
  return v128.bitselect(f32x4.sub(one, q), negative, f32x4.ge(z, f32x4.splat(0)));
}

const LN2_HIGH: f32 = 0.693145751953125;
const LN2_LOW: f32 = 1.428606765330187e-6;
const SMALLEST_NORMAL: f32 = 1.1754943508222875e-38;
const SQRT_HALF_BITS: i32 = 0x3f3504f3;

// @ts-expect-error: decorator
@inline
function logTail(u: f32): f32 {
  const s: f32 = u / (2 + u);
  const z: f32 = s * s;
  let p: f32 = 0.2857142984867096 + 0.2222222238779068 * z;
  p = 0.4000000059604645 + p * z;
  p = 0.6666666865348816 + p * z;
  const half: f32 = 0.5 * u * u;
  return s * (half + p * z) - half;
}

/** One logarithm: rows need one each. */
export function log(z: f32): f32 {
  const denormal = z < SMALLEST_NORMAL;
  const bits = reinterpret<i32>(denormal ? z * 8388608 : z);
  let k = (bits - SQRT_HALF_BITS) >> 23;
  const u: f32 = reinterpret<f32>(bits - (k << 23)) - 1;
  const tail = logTail(u);
  if (denormal) k -= 23;
  const large: f32 = <f32>k * LN2_HIGH;
  const sum: f32 = large + u;
  const rest: f32 = large - sum + u;
  const y: f32 = sum + (rest + (tail + <f32>k * LN2_LOW));
  return z > 0 && z < Infinity ? y : z == 0 ? -Infinity : z > 0 ? z : NaN;
}
