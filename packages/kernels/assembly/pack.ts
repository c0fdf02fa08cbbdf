import { panelColumns } from "./lanes";

/**
 * Packs a K×N operand: a row of panels, in each for every k the panel's columns side by side; columns beyond N are
 * exact zeros. Element (k, n) stands at `from + k * kStride + n * nStride` (bytes).
 */
export function packPanels<T>(
  to: usize,
  from: usize,
  K: usize,
  N: usize,
  kStride: usize,
  nStride: usize,
): void {
  const W = panelColumns<T>();
  for (let first: usize = 0; first < N; first += W) {
    const width = min(W, N - first);
    let row = from + first * nStride;
    for (let k: usize = 0; k < K; k++, row += kStride, to += 32) {
      if (width == W && nStride == sizeof<T>()) {
        v128.store(to, v128.load(row));
        v128.store(to, v128.load(row, 16), 16);
      } else {
        let number = row;
        for (let n: usize = 0; n < W; n++, number += nStride) {
          store<T>(to + n * sizeof<T>(), n < width ? load<T>(number) : <T>0);
        }
      }
    }
  }
}

/** Packs N columns of R rows as panels, the last row first. */
export function packPanelsBackward<T>(to: usize, from: usize, stride: usize, N: usize, R: usize): void {
  const W = panelColumns<T>();
  from += (R - 1) * stride;
  for (let n: usize = 0; n < N; n += W, from += 32) {
    const width = min(W, N - n);
    let row = from;
    for (let r = R; r > 0; r--, row -= stride, to += 32) {
      if (width == W) {
        v128.store(to, v128.load(row));
        v128.store(to, v128.load(row, 16), 16);
      } else {
        for (let i: usize = 0; i < W; i++) {
          store<T>(to + i * sizeof<T>(), i < width ? load<T>(row + i * sizeof<T>()) : <T>0);
        }
      }
    }
  }
}

/** Copies a few bytes, a number at a time: a bulk copy is a call into the engine and costs as much as twenty numbers. */
// @ts-expect-error: decorator
@inline
export function copyFew<T>(to: usize, from: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += sizeof<T>()) store<T>(to + i, load<T>(from + i));
}

/** Copies `rows`×`columns` numbers between places with other strides (bytes). */
export function copyTile<T>(
  to: usize,
  toStride: usize,
  from: usize,
  fromStride: usize,
  rows: usize,
  columns: usize,
): void {
  for (let r: usize = 0; r < rows; r++) {
    copyFew<T>(to + r * toStride, from + r * fromStride, columns * sizeof<T>());
  }
}
