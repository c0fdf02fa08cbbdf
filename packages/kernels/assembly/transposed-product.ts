import { panelColumns } from "./lanes";
import { copyTile } from "./pack";
import { BLOCK_PANELS, BLOCK_ROWS, leftRoom, rightRoom, tileRoom } from "./scratch";
import { tileOfPacked } from "./tile";

/**
 * C ← C + Aᵀ·B, each element summed over the rows from the last to the first. C is M×N, A R×M, B R×N; strides in bytes.
 * Both operands are packed in blocks of rows, in the order of the sum; between blocks the sums rest in C.
 */
export function transposedProduct<T>(
  c: usize,
  cStride: usize,
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  M: usize,
  N: usize,
  R: usize,
): void {
  const W = panelColumns<T>();
  let end = R;
  while (end > 0) {
    const rows = min(end, BLOCK_ROWS);
    const start = end - rows;
    for (let n0: usize = 0; n0 < N; n0 += BLOCK_PANELS * W) {
      const columns = min(N - n0, BLOCK_PANELS * W);
      for (let n: usize = 0; n < columns; n += W) {
        packBackward<T>(
          rightRoom() + (n / W) * rows * 32,
          W,
          b + start * bStride + (n0 + n) * sizeof<T>(),
          bStride,
          rows,
          columns - n,
        );
      }
      for (let m: usize = 0; m < M; m += 4) {
        packBackward<T>(leftRoom(), 4, a + start * aStride + m * sizeof<T>(), aStride, rows, M - m);
        const height = min(M - m, 4);
        for (let n: usize = 0; n < columns; n += W) {
          const panel = rightRoom() + (n / W) * rows * 32;
          const at = c + m * cStride + (n0 + n) * sizeof<T>();
          const width = min(columns - n, W);
          if (height == 4 && width == W) tileOfPacked<T>(at, cStride, leftRoom(), panel, rows);
          else {
            copyTile<T>(tileRoom(), 32, at, cStride, height, width);
            tileOfPacked<T>(tileRoom(), 32, leftRoom(), panel, rows);
            copyTile<T>(at, cStride, tileRoom(), 32, height, width);
          }
        }
      }
    }
    end = start;
  }
}

/** Packs `width` columns of the rows, the last row first; columns beyond `left` are exact zeros. */
function packBackward<T>(
  to: usize,
  width: usize,
  from: usize,
  stride: usize,
  rows: usize,
  left: usize,
): void {
  const bytes = width * sizeof<T>(); // 16 or 32
  let row = from + (rows - 1) * stride;
  for (let r: usize = 0; r < rows; r++, row -= stride, to += bytes) {
    if (left >= width) {
      v128.store(to, v128.load(row));
      if (bytes == 32) v128.store(to, v128.load(row, 16), 16);
    } else {
      for (let n: usize = 0; n < width; n++) {
        store<T>(to + n * sizeof<T>(), n < left ? load<T>(row + n * sizeof<T>()) : <T>0);
      }
    }
  }
}
