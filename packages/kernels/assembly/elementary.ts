// exp, log, tanh and sigmoid of four float32 at once: operation by operation those of src/elementary/float32.

const LOG2_E: f32 = 1.4426950216293335;
const LN2_HIGH: f32 = 0.693145751953125;
const LN2_LOW: f32 = 1.428606765330187e-6;
const SHIFT: f32 = 12582912;

// @ts-expect-error: decorator
@inline
function all(x: f32): v128 {
  return f32x4.splat(x);
}

// @ts-expect-error: decorator
@inline
function nearest(x: v128): v128 {
  return f32x4.sub(f32x4.add(x, all(SHIFT)), all(SHIFT));
}

/** 2ⁿ for -127 < n < 128, n given as integers. */
// @ts-expect-error: decorator
@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}

// @ts-expect-error: decorator
@inline
function expTail(r: v128): v128 {
  let q = f32x4.add(all(0.008368745446205139), f32x4.mul(all(0.0013814540579915047), r));
  q = f32x4.add(all(0.04166838899254799), f32x4.mul(q, r));
  q = f32x4.add(all(0.1666652113199234), f32x4.mul(q, r));
  q = f32x4.add(all(0.4999999403953552), f32x4.mul(q, r));
  return f32x4.mul(f32x4.mul(r, r), q);
}

const EXP_LOWEST: f32 = -87.33654022216797;
const EXP_HIGHEST: f32 = 88.72283172607422;

// @ts-expect-error: decorator
@inline
export function exp(z: v128): v128 {
  const n = nearest(f32x4.mul(z, all(LOG2_E)));
  const high = f32x4.sub(z, f32x4.mul(n, all(LN2_HIGH)));
  const low = f32x4.mul(n, all(LN2_LOW));
  const tail = f32x4.sub(expTail(f32x4.sub(high, low)), low);
  const y = f32x4.add(all(1), f32x4.add(high, tail));
  let result = i32x4.add(y, i32x4.shl(i32x4.trunc_sat_f32x4_s(n), 23));
  result = v128.bitselect(all(Infinity), result, f32x4.gt(z, all(EXP_HIGHEST)));
  result = v128.andnot(result, f32x4.lt(z, all(EXP_LOWEST)));
  return v128.bitselect(result, z, f32x4.eq(z, z));
}

const TANH_STEP: f32 = 0.3465735912322998;
const TANH_STEPS_PER_ONE: f32 = 2.885390043258667;

// @ts-expect-error: decorator
@inline
export function tanh(z: v128): v128 {
  const far = all(9.015625);
  const size = f32x4.abs(z);
  const a = v128.bitselect(far, size, f32x4.gt(size, far));
  const near = f32x4.lt(a, all(0.5));
  const steps = f32x4.floor(f32x4.mul(a, all(TANH_STEPS_PER_ONE)));
  const bounded = v128.bitselect(all(24), steps, f32x4.gt(steps, all(24)));
  const n = v128.andnot(bounded, near);
  const integer = i32x4.trunc_sat_f32x4_s(n);
  const s = powerOfTwo(integer);
  const r = f32x4.sub(a, f32x4.mul(n, all(TANH_STEP)));
  const rr = f32x4.mul(r, r);
  const p = f32x4.add(all(-0.022208331152796745), f32x4.mul(all(0.0020187031477689743), rr));
  const tail = f32x4.mul(rr, f32x4.add(all(0.33333277702331543), f32x4.mul(p, rr)));
  const b = f32x4.add(all(1), tail);
  const under = f32x4.sub(b, r);
  const d = f32x4.add(under, f32x4.mul(s, f32x4.add(b, r)));
  const w = f32x4.sub(all(1), powerOfTwo(i32x4.neg(integer)));
  const twice = f32x4.add(r, r);
  const above = v128.bitselect(f32x4.mul(twice, tail), f32x4.sub(f32x4.mul(w, under), twice), near);
  const y = f32x4.sub(v128.bitselect(r, w, near), f32x4.div(above, d));
  const signed = v128.bitselect(f32x4.neg(y), y, f32x4.lt(z, all(0)));
  // ±0 and NaN stay as they are.
  const ordinary = v128.or(f32x4.gt(z, all(0)), f32x4.lt(z, all(0)));
  return v128.bitselect(signed, z, ordinary);
}

// @ts-expect-error: decorator
@inline
export function sigmoid(z: v128): v128 {
  const upperHalf = i32x4.splat(0xfffff000);
  const size = f32x4.abs(z);
  const a = v128.bitselect(all(88), size, f32x4.gt(size, all(88)));
  const n = nearest(f32x4.mul(a, all(LOG2_E)));
  const high = f32x4.sub(a, f32x4.mul(n, all(LN2_HIGH)));
  const low = f32x4.mul(n, all(LN2_LOW));
  const tail = f32x4.sub(expTail(f32x4.sub(high, low)), low);
  const scale = v128.and(powerOfTwo(i32x4.neg(i32x4.trunc_sat_f32x4_s(n))), f32x4.lt(n, all(127)));
  const base = f32x4.add(all(1), scale);
  const baseLow = f32x4.sub(scale, f32x4.sub(base, all(1)));
  const d = f32x4.add(base, f32x4.add(high, tail));
  const d1 = v128.and(d, upperHalf);
  const d2 = f32x4.add(f32x4.add(f32x4.sub(base, d1), high), f32x4.add(tail, baseLow));
  const quotient = f32x4.div(all(1), d);
  const q1 = v128.and(quotient, upperHalf);
  const rest = f32x4.sub(f32x4.sub(all(1), f32x4.mul(q1, d1)), f32x4.mul(q1, d2));
  const q = f32x4.mul(f32x4.add(q1, f32x4.mul(quotient, rest)), scale);
  const negative = v128.andnot(q, f32x4.lt(z, all(EXP_LOWEST)));
  return v128.bitselect(f32x4.sub(all(1), q), negative, f32x4.ge(z, all(0)));
}

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
