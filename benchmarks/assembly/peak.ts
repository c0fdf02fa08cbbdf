/**
 * `n` rounds of eight independent float32×4 sums, each with a product of its own, without loads: as many
 * multiplications and additions as the machine can do without fusing them. 64 floating-point operations a round.
 */
export function peak(n: i32): f32 {
  const b0 = f32x4.splat(0.001);
  const b1 = f32x4.splat(0.002);
  const b2 = f32x4.splat(0.003);
  const b3 = f32x4.splat(0.004);
  let a = f32x4.splat(0.5);
  let c = f32x4.splat(0.25);
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(1);
  let s2 = f32x4.splat(2);
  let s3 = f32x4.splat(3);
  let s4 = f32x4.splat(4);
  let s5 = f32x4.splat(5);
  let s6 = f32x4.splat(6);
  let s7 = f32x4.splat(7);
  for (; n > 0; n--) {
    s0 = f32x4.add(s0, f32x4.mul(a, b0));
    s1 = f32x4.add(s1, f32x4.mul(a, b1));
    s2 = f32x4.add(s2, f32x4.mul(a, b2));
    s3 = f32x4.add(s3, f32x4.mul(a, b3));
    s4 = f32x4.add(s4, f32x4.mul(c, b0));
    s5 = f32x4.add(s5, f32x4.mul(c, b1));
    s6 = f32x4.add(s6, f32x4.mul(c, b2));
    s7 = f32x4.add(s7, f32x4.mul(c, b3));
    // The signs change, so that no product can be taken out of the loop.
    a = f32x4.neg(a);
    c = f32x4.neg(c);
  }
  const low = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
  const high = f32x4.add(f32x4.add(s4, s5), f32x4.add(s6, s7));
  return f32x4.extract_lane(f32x4.add(low, high), 0);
}
