import { multiplyAdd, splatAt } from "./lanes";
import { copyTile } from "./pack";
import { tileRoom } from "./scratch";

/**
 * One column of C over two strips of `rows` rows (4 or 6) that stand one behind the other: c ← c + A·p, where p is a
 * column of a panel. The lanes run over rows here, so that the last columns of a matrix cost little more than they must.
 */
// @ts-expect-error: decorator
@inline
export function columnOfTwoStrips<T>(rows: usize, c: usize, cStride: usize, a: usize, p: usize, K: usize): void {
  const bytes = rows * sizeof<T>(); // of an inner step of a strip: 16, 24, 32 or 48
  const middle: usize = bytes == 24 ? 8 : 16; // where the second vector begins; of six f32 it overlaps the first
  const room = tileRoom();
  let b = a + bytes * K;
  copyTile<T>(room, sizeof<T>(), c, cStride, 2 * rows, 1);
  let a0 = v128.load(room);
  let a1 = bytes > 16 ? v128.load(room + middle) : a0;
  let a2 = bytes > 32 ? v128.load(room, 32) : a0;
  let b0 = v128.load(room + bytes);
  let b1 = bytes > 16 ? v128.load(room + bytes + middle) : b0;
  let b2 = bytes > 32 ? v128.load(room + bytes + 32) : b0;
  for (; K > 0; K--) {
    const x = splatAt<T>(p);
    a0 = multiplyAdd<T>(a0, x, v128.load(a));
    b0 = multiplyAdd<T>(b0, x, v128.load(b));
    if (bytes > 16) {
      a1 = multiplyAdd<T>(a1, x, v128.load(a + middle));
      b1 = multiplyAdd<T>(b1, x, v128.load(b + middle));
    }
    if (bytes > 32) {
      a2 = multiplyAdd<T>(a2, x, v128.load(a, 32));
      b2 = multiplyAdd<T>(b2, x, v128.load(b, 32));
    }
    p += 32;
    a += bytes;
    b += bytes;
  }
  v128.store(room, a0);
  if (bytes > 16) v128.store(room + middle, a1);
  if (bytes > 32) v128.store(room, a2, 32);
  v128.store(room + bytes, b0);
  if (bytes > 16) v128.store(room + bytes + middle, b1);
  if (bytes > 32) v128.store(room + bytes, b2, 32);
  copyTile<T>(c, cStride, room, sizeof<T>(), 2 * rows, 1);
}
