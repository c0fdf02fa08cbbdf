import { multiplyAdd, panelColumns, splatAt } from "./lanes";
import { copyTile } from "./pack";
import { tileRoom } from "./scratch";

/** One row, the matrix-vector form: c ← c + a·P, N columns, P packed with `pStride` bytes from panel to panel. */
export function rowProduct<T>(c: usize, a: usize, p: usize, pStride: usize, N: usize, K: usize): void {
  const W = panelColumns<T>();
  let left = N;
  for (; left >= 2 * W; left -= 2 * W, c += 64, p += 2 * pStride) rowOf2<T>(c, a, p, p + pStride, K);
  for (; left >= W; left -= W, c += 32, p += pStride) rowOf1<T>(c, a, p, K);
  if (left == 0) return;
  copyTile<T>(tileRoom(), 32, c, 0, 1, left);
  rowOf1<T>(tileRoom(), a, p, K);
  copyTile<T>(c, 0, tileRoom(), 32, 1, left);
}

/** Two panels at a time: more streams through memory than two are slower. Two inner steps a round, see `tileOf4`. */
function rowOf2<T>(c: usize, a: usize, p: usize, q: usize, K: usize): void {
  let p0 = v128.load(c);
  let p1 = v128.load(c, 16);
  let q0 = v128.load(c, 32);
  let q1 = v128.load(c, 48);
  while (K > 0) {
    let x = splatAt<T>(a);
    p0 = multiplyAdd<T>(p0, x, v128.load(p));
    p1 = multiplyAdd<T>(p1, x, v128.load(p, 16));
    q0 = multiplyAdd<T>(q0, x, v128.load(q));
    q1 = multiplyAdd<T>(q1, x, v128.load(q, 16));
    if (--K == 0) break;
    x = splatAt<T>(a + sizeof<T>());
    p0 = multiplyAdd<T>(p0, x, v128.load(p, 32));
    p1 = multiplyAdd<T>(p1, x, v128.load(p, 48));
    q0 = multiplyAdd<T>(q0, x, v128.load(q, 32));
    q1 = multiplyAdd<T>(q1, x, v128.load(q, 48));
    a += 2 * sizeof<T>();
    p += 64;
    q += 64;
    K--;
  }
  v128.store(c, p0);
  v128.store(c, p1, 16);
  v128.store(c, q0, 32);
  v128.store(c, q1, 48);
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
