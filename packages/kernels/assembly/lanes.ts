// What the two element types share: T is f32 or f64, a vector holds 16 bytes of them, a panel is two vectors wide.

/** Columns of a panel: 8 of f32, 4 of f64. */
// @ts-expect-error: decorator
@inline
export function panelColumns<T>(): usize {
  return 32 / sizeof<T>();
}

/** The number at an address in every lane. */
// @ts-expect-error: decorator
@inline
export function splatAt<T>(address: usize): v128 {
  return sizeof<T>() == 4 ? v128.load32_splat(address) : v128.load64_splat(address);
}

/** sum + a·b: rounded twice, or, with relaxed SIMD, once where the machine can. */
// @ts-expect-error: decorator
@inline
export function multiplyAdd<T>(sum: v128, a: v128, b: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) {
    return sizeof<T>() == 4 ? f32x4.relaxed_madd(a, b, sum) : f64x2.relaxed_madd(a, b, sum);
  }
  return v128.add<T>(sum, v128.mul<T>(a, b));
}
