import { multiplyAdd, panelColumns, splatAt } from "./lanes";
import { copyTile } from "./pack";
import { tileRoom } from "./scratch";

/** One row, the matrix-vector form: c ← c + a·P, N columns, P packed with `pStride` bytes from panel to panel. */
export function rowProduct<T>(c: usize, a: usize, p: usize, pStride: usize, N: usize, K: usize): void {
  const W = panelColumns<T>();
  let left = N;
  for (; left >= 4 * W; left -= 4 * W, c += 128, p += 4 * pStride) rowOf4<T>(c, a, p, pStride, K);
  for (; left >= W; left -= W, c += 32, p += pStride) rowOf1<T>(c, a, p, K);
  if (left == 0) return;
  copyTile<T>(tileRoom(), 32, c, 0, 1, left);
  rowOf1<T>(tileRoom(), a, p, K);
  copyTile<T>(c, 0, tileRoom(), 32, 1, left);
}

/** Four panels at a time, so that eight sums are under way. */
function rowOf4<T>(c: usize, a: usize, p: usize, pStride: usize, K: usize): void {
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

function rowOf1<T>(c: usize, a: usize, p: usize, K: usize): void {
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
