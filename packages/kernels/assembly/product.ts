import { panelColumns } from "./lanes";
import { copyTile } from "./pack";
import { tileRoom } from "./scratch";
import { rowOfPanel, rowOfPanels, tileOfRows } from "./tile";

/** Rows of A that are worked on while they stay in the cache. */
const ROWS: usize = 64;

/**
 * C ← C + A·P, each element summed over k ascending. C is M×N, A M×K, P a packed K×N operand; strides in bytes.
 * Tiles of four rows and one panel; rows that are left over go one by one, columns that are left over through the room for a tile.
 */
export function product<T>(
  c: usize,
  cStride: usize,
  a: usize,
  aStride: usize,
  p: usize,
  M: usize,
  N: usize,
  K: usize,
): void {
  const W = panelColumns<T>();
  const pStride = K * 32;
  const whole = N - (N % W);
  const inTiles = M - (M % 4);
  for (let first: usize = 0; first < inTiles; first += ROWS) {
    const end = min(first + ROWS, inTiles);
    for (let n: usize = 0; n < whole; n += W) {
      const panel = p + (n / W) * pStride;
      const column = c + n * sizeof<T>();
      for (let m = first; m < end; m += 4) {
        tileOfRows<T>(column + m * cStride, cStride, a + m * aStride, aStride, panel, K);
      }
    }
  }
  for (let m = inTiles; m < M; m++) {
    const row = c + m * cStride;
    let n: usize = 0;
    for (; n + 4 * W <= whole; n += 4 * W) {
      rowOfPanels<T>(row + n * sizeof<T>(), a + m * aStride, p + (n / W) * pStride, pStride, K);
    }
    for (; n < whole; n += W) rowOfPanel<T>(row + n * sizeof<T>(), a + m * aStride, p + (n / W) * pStride, K);
  }
  if (whole == N) return;
  const panel = p + (whole / W) * pStride;
  const column = c + whole * sizeof<T>();
  for (let m: usize = 0; m < inTiles; m += 4) {
    copyTile<T>(tileRoom(), 32, column + m * cStride, cStride, 4, N - whole);
    tileOfRows<T>(tileRoom(), 32, a + m * aStride, aStride, panel, K);
    copyTile<T>(column + m * cStride, cStride, tileRoom(), 32, 4, N - whole);
  }
  for (let m = inTiles; m < M; m++) {
    copyTile<T>(tileRoom(), 32, column + m * cStride, cStride, 1, N - whole);
    rowOfPanel<T>(tileRoom(), a + m * aStride, panel, K);
    copyTile<T>(column + m * cStride, cStride, tileRoom(), 32, 1, N - whole);
  }
}
