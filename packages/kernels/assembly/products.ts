// The products for both element types. This module is also built with relaxed SIMD.
import { product } from "./product";
import { SCRATCH_BYTES } from "./scratch";
import { transposedProduct } from "./transposed-product";

/** Bytes that must lie behind the arena's data. */
export const scratchBytes: usize = SCRATCH_BYTES;

export function product32(
  c: usize,
  cs: usize,
  a: usize,
  as_: usize,
  p: usize,
  M: usize,
  N: usize,
  K: usize,
): void {
  product<f32>(c, cs, a, as_, p, M, N, K);
}
export function product64(
  c: usize,
  cs: usize,
  a: usize,
  as_: usize,
  p: usize,
  M: usize,
  N: usize,
  K: usize,
): void {
  product<f64>(c, cs, a, as_, p, M, N, K);
}
export function transposedProduct32(
  c: usize,
  cs: usize,
  a: usize,
  as_: usize,
  b: usize,
  bs: usize,
  M: usize,
  N: usize,
  R: usize,
): void {
  transposedProduct<f32>(c, cs, a, as_, b, bs, M, N, R);
}
export function transposedProduct64(
  c: usize,
  cs: usize,
  a: usize,
  as_: usize,
  b: usize,
  bs: usize,
  M: usize,
  N: usize,
  R: usize,
): void {
  transposedProduct<f64>(c, cs, a, as_, b, bs, M, N, R);
}
