import { block } from "./block";
import { rowProduct } from "./row";
import { BLOCK_ROWS, blockSteps, leftRoom } from "./scratch";
import { packRows } from "./strip";

/**
 * C ← C + A·P, each element summed over k ascending. C is M×N, A M×K, P a packed K×N operand; strides in bytes.
 * Between blocks of k the sums rest in C.
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
  const pStride = K * 32;
  if (M == 1) {
    rowProduct<T>(c, a, p, pStride, N, K);
    return;
  }
  for (let k: usize = 0; k < K; k += blockSteps<T>()) {
    const steps = min(K - k, blockSteps<T>());
    for (let m: usize = 0; m < M; m += BLOCK_ROWS) {
      const rows = min(M - m, BLOCK_ROWS);
      packRows<T>(leftRoom(), a + m * aStride + k * sizeof<T>(), aStride, rows, steps);
      block<T>(c + m * cStride, cStride, leftRoom(), p + k * 32, pStride, rows, N, steps);
    }
  }
}
