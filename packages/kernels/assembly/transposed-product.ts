import { block } from "./block";
import { panelColumns } from "./lanes";
import { packPanelsBackward } from "./pack";
import { BLOCK_PANELS, BLOCK_ROWS, blockSteps, leftRoom, rightRoom } from "./scratch";
import { packColumnsBackward } from "./strip";

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
  for (let end = R; end > 0; ) {
    const rows = min(end, blockSteps<T>());
    const start = end - rows;
    for (let n: usize = 0; n < N; n += BLOCK_PANELS * W) {
      const columns = min(N - n, BLOCK_PANELS * W);
      packPanelsBackward<T>(rightRoom(), b + start * bStride + n * sizeof<T>(), bStride, columns, rows);
      for (let m: usize = 0; m < M; m += BLOCK_ROWS) {
        const height = min(M - m, BLOCK_ROWS);
        packColumnsBackward<T>(leftRoom(), a + start * aStride + m * sizeof<T>(), aStride, height, rows);
        const corner = c + m * cStride + n * sizeof<T>();
        block<T>(corner, cStride, leftRoom(), rightRoom(), rows * 32, height, columns, rows);
      }
    }
    end = start;
  }
}
