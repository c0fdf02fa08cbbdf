import { addRow } from "./elementwise";
import { RIGHT_BYTES, rightRoom } from "./scratch";

// Products with one-hot matrices. The column of a token is scattered over memory. A small vocabulary is turned over
// first, so that its columns are rows; of a large one a few rows of W stay in the cache while all tokens pass by.

/** Rows of W that are worked on together. */
const ROWS: usize = 8;

/** True if turning W (N×V) over pays for R tokens, and fits the room. */
// @ts-expect-error: decorator
@inline
function isSmall<T>(N: usize, V: usize, R: usize): bool {
  return V * 4 <= R && V * N * sizeof<T>() <= RIGHT_BYTES;
}

/** C[r,:] ← C[r,:] + W[:,tokens[r]]. C is R×N, W N×V; strides in bytes. */
export function addTokenColumns<T>(
  c: usize,
  cStride: usize,
  tokens: usize,
  w: usize,
  wStride: usize,
  R: usize,
  N: usize,
  V: usize,
): void {
  const width = N * sizeof<T>();
  if (isSmall<T>(N, V, R)) {
    turnOver<T>(rightRoom(), width, w, wStride, N, V);
    for (let r: usize = 0; r < R; r++, c += cStride) {
      addRow<T>(c, rightRoom() + <usize>load<i32>(tokens + r * 4) * width, width);
    }
    return;
  }
  for (let n: usize = 0; n < N; n += ROWS) {
    const bytes = min(N - n, ROWS) * sizeof<T>();
    let row = c + n * sizeof<T>();
    const first = w + n * wStride;
    for (let r: usize = 0; r < R; r++, row += cStride) {
      let from = first + <usize>load<i32>(tokens + r * 4) * sizeof<T>();
      for (let at = row; at < row + bytes; at += sizeof<T>(), from += wStride) {
        store<T>(at, load<T>(at) + load<T>(from));
      }
    }
  }
}

/** dW[:,tokens[r]] ← dW[:,tokens[r]] + D[r,:], rows from the last to the first. dW is N×V, D R×N. */
export function scatterAddColumns<T>(
  dw: usize,
  dwStride: usize,
  tokens: usize,
  d: usize,
  dStride: usize,
  R: usize,
  N: usize,
  V: usize,
): void {
  const width = N * sizeof<T>();
  if (isSmall<T>(N, V, R)) {
    turnOver<T>(rightRoom(), width, dw, dwStride, N, V);
    for (let r = R; r > 0; r--) {
      const token = <usize>load<i32>(tokens + (r - 1) * 4);
      addRow<T>(rightRoom() + token * width, d + (r - 1) * dStride, width);
    }
    turnOver<T>(dw, dwStride, rightRoom(), width, V, N);
    return;
  }
  for (let n: usize = 0; n < N; n += ROWS) {
    const bytes = min(N - n, ROWS) * sizeof<T>();
    let row = d + n * sizeof<T>() + R * dStride;
    const first = dw + n * dwStride;
    for (let r = R; r > 0; r--) {
      row -= dStride;
      let to = first + <usize>load<i32>(tokens + (r - 1) * 4) * sizeof<T>();
      for (let at = row; at < row + bytes; at += sizeof<T>(), to += dwStride) {
        store<T>(to, load<T>(to) + load<T>(at));
      }
    }
  }
}

/** to (columns×rows) ← the transpose of from (rows×columns). */
function turnOver<T>(
  to: usize,
  toStride: usize,
  from: usize,
  fromStride: usize,
  rows: usize,
  columns: usize,
): void {
  for (let r: usize = 0; r < rows; r++, to += sizeof<T>(), from += fromStride) {
    let at = to;
    for (let i: usize = 0; i < columns * sizeof<T>(); i += sizeof<T>(), at += toStride) {
      store<T>(at, load<T>(from + i));
    }
  }
}
