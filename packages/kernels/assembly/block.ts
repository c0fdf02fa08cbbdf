import { panelColumns } from "./lanes";
import { copyTile } from "./pack";
import { rowProduct } from "./row";
import { tileRoom } from "./scratch";
import { stripRows } from "./strip";
import { HIGH, tileOf4, tileOf6 } from "./tile";

/**
 * C ← C + A·P for a block: A is M packed rows in strips, P packed panels with `pStride` bytes from one to the next.
 * A panel stays in the nearest cache while the strips pass by.
 */
export function block<T>(
  c: usize,
  cStride: usize,
  a: usize,
  p: usize,
  pStride: usize,
  M: usize,
  N: usize,
  K: usize,
): void {
  const W = panelColumns<T>();
  let panel = p;
  for (let n: usize = 0; n < N; n += W, panel += pStride) {
    const width = min(W, N - n);
    let strip = a;
    let tile = c + n * sizeof<T>();
    for (let left = M; left > 1; ) {
      const rows = stripRows(left);
      const real = min(rows, left);
      if (real == rows && width == W) tileOf<T>(rows, tile, cStride, strip, panel, K);
      else {
        copyTile<T>(tileRoom(), 32, tile, cStride, real, width);
        tileOf<T>(rows, tileRoom(), 32, strip, panel, K);
        copyTile<T>(tile, cStride, tileRoom(), 32, real, width);
      }
      strip += rows * K * sizeof<T>();
      tile += real * cStride;
      left -= real;
    }
  }
  // A single row at the end, all columns at once.
  const before = rowsBeforeSingle(M);
  if (before < M) rowProduct<T>(c + before * cStride, a + before * K * sizeof<T>(), p, pStride, N, K);
}

// @ts-expect-error: decorator
@inline
function tileOf<T>(rows: usize, c: usize, cStride: usize, a: usize, p: usize, K: usize): void {
  if (HIGH != 0 && rows == HIGH) tileOf6<T>(c, cStride, a, p, K);
  else tileOf4<T>(c, cStride, a, p, K);
}

/** Rows before the strip of a single row; M if there is none. */
function rowsBeforeSingle(M: usize): usize {
  let left = M;
  while (left > 1) left -= min(stripRows(left), left);
  return M - left;
}
