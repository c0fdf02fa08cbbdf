import { multiplyAdd, splatAt, splatFourth, splatSecond, splatThird } from "./lanes";

/**
 * Four rows of C, one panel wide: C ← C + A·P over K inner steps, ascending.
 * A is row-major with `aStride` bytes from row to row; p points at the panel's first row.
 */
export function tileOfRows<T>(c: usize, cStride: usize, a: usize, aStride: usize, p: usize, K: usize): void {
  const c1 = c + cStride;
  const c2 = c1 + cStride;
  const c3 = c2 + cStride;
  let a1 = a + aStride;
  let a2 = a1 + aStride;
  let a3 = a2 + aStride;
  let s00 = v128.load(c);
  let s01 = v128.load(c, 16);
  let s10 = v128.load(c1);
  let s11 = v128.load(c1, 16);
  let s20 = v128.load(c2);
  let s21 = v128.load(c2, 16);
  let s30 = v128.load(c3);
  let s31 = v128.load(c3, 16);
  for (; K > 0; K--) {
    const p0 = v128.load(p);
    const p1 = v128.load(p, 16);
    let x = splatAt<T>(a);
    s00 = multiplyAdd<T>(s00, x, p0);
    s01 = multiplyAdd<T>(s01, x, p1);
    x = splatAt<T>(a1);
    s10 = multiplyAdd<T>(s10, x, p0);
    s11 = multiplyAdd<T>(s11, x, p1);
    x = splatAt<T>(a2);
    s20 = multiplyAdd<T>(s20, x, p0);
    s21 = multiplyAdd<T>(s21, x, p1);
    x = splatAt<T>(a3);
    s30 = multiplyAdd<T>(s30, x, p0);
    s31 = multiplyAdd<T>(s31, x, p1);
    p += 32;
    a += sizeof<T>();
    a1 += sizeof<T>();
    a2 += sizeof<T>();
    a3 += sizeof<T>();
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

/** The same with A packed: for each inner step the numbers of the four rows side by side. */
export function tileOfPacked<T>(c: usize, cStride: usize, a: usize, p: usize, K: usize): void {
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
  for (; K > 0; K--) {
    const p0 = v128.load(p);
    const p1 = v128.load(p, 16);
    let x = splatAt<T>(a);
    s00 = multiplyAdd<T>(s00, x, p0);
    s01 = multiplyAdd<T>(s01, x, p1);
    x = splatSecond<T>(a);
    s10 = multiplyAdd<T>(s10, x, p0);
    s11 = multiplyAdd<T>(s11, x, p1);
    x = splatThird<T>(a);
    s20 = multiplyAdd<T>(s20, x, p0);
    s21 = multiplyAdd<T>(s21, x, p1);
    x = splatFourth<T>(a);
    s30 = multiplyAdd<T>(s30, x, p0);
    s31 = multiplyAdd<T>(s31, x, p1);
    p += 32;
    a += 4 * sizeof<T>();
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

/** One row of C, four panels wide (`pStride` bytes from panel to panel): C ← C + a·P. */
export function rowOfPanels<T>(c: usize, a: usize, p: usize, pStride: usize, K: usize): void {
  let q = p + pStride;
  let r = q + pStride;
  let s = r + pStride;
  let c0 = v128.load(c);
  let c1 = v128.load(c, 16);
  let c2 = v128.load(c, 32);
  let c3 = v128.load(c, 48);
  let c4 = v128.load(c, 64);
  let c5 = v128.load(c, 80);
  let c6 = v128.load(c, 96);
  let c7 = v128.load(c, 112);
  for (; K > 0; K--) {
    const x = splatAt<T>(a);
    c0 = multiplyAdd<T>(c0, x, v128.load(p));
    c1 = multiplyAdd<T>(c1, x, v128.load(p, 16));
    c2 = multiplyAdd<T>(c2, x, v128.load(q));
    c3 = multiplyAdd<T>(c3, x, v128.load(q, 16));
    c4 = multiplyAdd<T>(c4, x, v128.load(r));
    c5 = multiplyAdd<T>(c5, x, v128.load(r, 16));
    c6 = multiplyAdd<T>(c6, x, v128.load(s));
    c7 = multiplyAdd<T>(c7, x, v128.load(s, 16));
    a += sizeof<T>();
    p += 32;
    q += 32;
    r += 32;
    s += 32;
  }
  v128.store(c, c0);
  v128.store(c, c1, 16);
  v128.store(c, c2, 32);
  v128.store(c, c3, 48);
  v128.store(c, c4, 64);
  v128.store(c, c5, 80);
  v128.store(c, c6, 96);
  v128.store(c, c7, 112);
}

/** One row of C, one panel wide. */
export function rowOfPanel<T>(c: usize, a: usize, p: usize, K: usize): void {
  let c0 = v128.load(c);
  let c1 = v128.load(c, 16);
  for (; K > 0; K--) {
    const x = splatAt<T>(a);
    c0 = multiplyAdd<T>(c0, x, v128.load(p));
    c1 = multiplyAdd<T>(c1, x, v128.load(p, 16));
    a += sizeof<T>();
    p += 32;
  }
  v128.store(c, c0);
  v128.store(c, c1, 16);
}
