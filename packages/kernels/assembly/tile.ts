import { multiplyAdd, splatAt } from "./lanes";

// Tiles of C, one panel (two vectors) wide: C ← C + A·P over K inner steps, ascending. The rows of A are packed as a
// strip: for each inner step the numbers of the tile's rows side by side. Accumulators stay in registers, so a tile is
// as high as the registers allow: 4 rows, and 6 where a multiply-add needs no room for the product.

/** Rows of the higher tile; 0 where registers would spill. */
export const HIGH: usize = ASC_FEATURE_RELAXED_SIMD ? 6 : 0;

/** Two inner steps a round with an exit between them: engines that see one long block load too far ahead and spill. */
export function tileOf4<T>(c: usize, cStride: usize, a: usize, p: usize, K: usize): void {
  const c1 = c + cStride;
  const c2 = c1 + cStride;
  const c3 = c2 + cStride;
  let s00 = v128.load(c);
  let s01 = v128.load(c, 16);
  let s10 = v128.load(c1);
  let s11 = v128.load(c1, 16);
  let s20 = v128.load(c2);
  let s21 = v128.load(c2, 16);
  let s30 = v128.load(c3);
  let s31 = v128.load(c3, 16);
  while (K > 0) {
    let p0 = v128.load(p);
    let p1 = v128.load(p, 16);
    let x = splatAt<T>(a);
    s00 = multiplyAdd<T>(s00, x, p0);
    s01 = multiplyAdd<T>(s01, x, p1);
    x = splatAt<T>(a + sizeof<T>());
    s10 = multiplyAdd<T>(s10, x, p0);
    s11 = multiplyAdd<T>(s11, x, p1);
    x = splatAt<T>(a + 2 * sizeof<T>());
    s20 = multiplyAdd<T>(s20, x, p0);
    s21 = multiplyAdd<T>(s21, x, p1);
    x = splatAt<T>(a + 3 * sizeof<T>());
    s30 = multiplyAdd<T>(s30, x, p0);
    s31 = multiplyAdd<T>(s31, x, p1);
    K--;
    if (ASC_FEATURE_RELAXED_SIMD) {
      p += 32;
      a += 4 * sizeof<T>();
      continue; // with fused operations one step a round is as fast
    }
    if (K == 0) break;
    p0 = v128.load(p, 32);
    p1 = v128.load(p, 48);
    x = splatAt<T>(a + 4 * sizeof<T>());
    s00 = multiplyAdd<T>(s00, x, p0);
    s01 = multiplyAdd<T>(s01, x, p1);
    x = splatAt<T>(a + 5 * sizeof<T>());
    s10 = multiplyAdd<T>(s10, x, p0);
    s11 = multiplyAdd<T>(s11, x, p1);
    x = splatAt<T>(a + 6 * sizeof<T>());
    s20 = multiplyAdd<T>(s20, x, p0);
    s21 = multiplyAdd<T>(s21, x, p1);
    x = splatAt<T>(a + 7 * sizeof<T>());
    s30 = multiplyAdd<T>(s30, x, p0);
    s31 = multiplyAdd<T>(s31, x, p1);
    p += 64;
    a += 8 * sizeof<T>();
    K--;
  }
  v128.store(c, s00);
  v128.store(c, s01, 16);
  v128.store(c1, s10);
  v128.store(c1, s11, 16);
  v128.store(c2, s20);
  v128.store(c2, s21, 16);
  v128.store(c3, s30);
  v128.store(c3, s31, 16);
}

export function tileOf6<T>(c: usize, cStride: usize, a: usize, p: usize, K: usize): void {
  const c1 = c + cStride;
  const c2 = c1 + cStride;
  const c3 = c2 + cStride;
  const c4 = c3 + cStride;
  const c5 = c4 + cStride;
  let s00 = v128.load(c);
  let s01 = v128.load(c, 16);
  let s10 = v128.load(c1);
  let s11 = v128.load(c1, 16);
  let s20 = v128.load(c2);
  let s21 = v128.load(c2, 16);
  let s30 = v128.load(c3);
  let s31 = v128.load(c3, 16);
  let s40 = v128.load(c4);
  let s41 = v128.load(c4, 16);
  let s50 = v128.load(c5);
  let s51 = v128.load(c5, 16);
  for (; K > 0; K--) {
    const p0 = v128.load(p);
    const p1 = v128.load(p, 16);
    let x = splatAt<T>(a);
    s00 = multiplyAdd<T>(s00, x, p0);
    s01 = multiplyAdd<T>(s01, x, p1);
    x = splatAt<T>(a + sizeof<T>());
    s10 = multiplyAdd<T>(s10, x, p0);
    s11 = multiplyAdd<T>(s11, x, p1);
    x = splatAt<T>(a + 2 * sizeof<T>());
    s20 = multiplyAdd<T>(s20, x, p0);
    s21 = multiplyAdd<T>(s21, x, p1);
    x = splatAt<T>(a + 3 * sizeof<T>());
    s30 = multiplyAdd<T>(s30, x, p0);
    s31 = multiplyAdd<T>(s31, x, p1);
    x = splatAt<T>(a + 4 * sizeof<T>());
    s40 = multiplyAdd<T>(s40, x, p0);
    s41 = multiplyAdd<T>(s41, x, p1);
    x = splatAt<T>(a + 5 * sizeof<T>());
    s50 = multiplyAdd<T>(s50, x, p0);
    s51 = multiplyAdd<T>(s51, x, p1);
    p += 32;
    a += 6 * sizeof<T>();
  }
  v128.store(c, s00);
  v128.store(c, s01, 16);
  v128.store(c1, s10);
  v128.store(c1, s11, 16);
  v128.store(c2, s20);
  v128.store(c2, s21, 16);
  v128.store(c3, s30);
  v128.store(c3, s31, 16);
  v128.store(c4, s40);
  v128.store(c4, s41, 16);
  v128.store(c5, s50);
  v128.store(c5, s51, 16);
}
