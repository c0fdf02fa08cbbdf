/**
 * `n` rounds of twelve independent float32×4 recurrences s ← a·s + b: multiplications and additions without loads, enough of
 * them to fill the pipes, few enough to stay in registers. 96 floating-point operations a round.
 */
export function peak(n: i32): f32 {
  const a = f32x4.splat(0.999);
  const b = f32x4.splat(0.001);
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(1);
  let s2 = f32x4.splat(2);
  let s3 = f32x4.splat(3);
  let s4 = f32x4.splat(4);
  let s5 = f32x4.splat(5);
  let s6 = f32x4.splat(6);
  let s7 = f32x4.splat(7);
  let s8 = f32x4.splat(8);
  let s9 = f32x4.splat(9);
  let s10 = f32x4.splat(10);
  let s11 = f32x4.splat(11);
  for (; n > 0; n--) {
    s0 = multiplyAdd(s0, a, b);
    s1 = multiplyAdd(s1, a, b);
    s2 = multiplyAdd(s2, a, b);
    s3 = multiplyAdd(s3, a, b);
    s4 = multiplyAdd(s4, a, b);
    s5 = multiplyAdd(s5, a, b);
    s6 = multiplyAdd(s6, a, b);
    s7 = multiplyAdd(s7, a, b);
    s8 = multiplyAdd(s8, a, b);
    s9 = multiplyAdd(s9, a, b);
    s10 = multiplyAdd(s10, a, b);
    s11 = multiplyAdd(s11, a, b);
  }
  const first = f32x4.add(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)), f32x4.add(s4, s5));
  const second = f32x4.add(f32x4.add(f32x4.add(s6, s7), f32x4.add(s8, s9)), f32x4.add(s10, s11));
  return f32x4.extract_lane(f32x4.add(first, second), 0);
}

/** s·a + b: fused where relaxed SIMD is compiled in and the machine fuses. */
@inline
function multiplyAdd(s: v128, a: v128, b: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(s, a, b);
  return f32x4.add(f32x4.mul(s, a), b);
}
