/**
 * Eigenvalues that can be read off: as long as a row or a column of what is left has zeros beside its diagonal
 * element, that element is an eigenvalue and row and column are dropped. So triangular matrices, permuted or not, are
 * exact.
 */
export function isolate(M: Float64Array, n: number): { eigenvalues: number[]; kept: number[] } {
  const eigenvalues: number[] = [];
  let kept = Array.from({ length: n }, (_, i) => i);
  const alone = (i: number): boolean =>
    kept.every((j) => j === i || M[i * n + j] === 0) || kept.every((j) => j === i || M[j * n + i] === 0);
  for (let i = kept.find(alone); i !== undefined; i = kept.find(alone)) {
    eigenvalues.push(M[i * n + i]);
    const dropped = i;
    kept = kept.filter((j) => j !== dropped);
  }
  return { eigenvalues, kept };
}

/**
 * M (n×n, overwritten) ← D⁻¹MD, D diagonal of powers of two, so that row i and column i have norms of like size: this
 * keeps the eigenvalues and lowers the rounding of matrices whose elements differ widely.
 *
 * R. James, J. Langou, B. Lowery, "On matrix balancing and eigenvector computation" (2014).
 */
export function balance(M: Float64Array, n: number): void {
  for (let pass = 0, changed = true; changed && pass < 100; pass++) {
    changed = false;
    for (let i = 0; i < n; i++) {
      let column = norm(M, i, n, n);
      let row = norm(M, i * n, 1, n);
      if (column === 0 || row === 0) continue;
      const before = column + row;
      let f = 1;
      for (; column < row / 2 && f < LIMIT; column *= 2, row /= 2) f *= 2;
      for (; row <= column / 2 && f > 1 / LIMIT; column /= 2, row *= 2) f /= 2;
      if (column + row >= 0.95 * before) continue;
      changed = true;
      for (let j = 0; j < n; j++) M[i * n + j] /= f;
      for (let j = 0; j < n; j++) M[j * n + i] *= f;
    }
  }
}

const LIMIT: number = 2 ** 500;

function norm(M: Float64Array, start: number, step: number, count: number): number {
  let square = 0;
  for (let i = 0, at = start; i < count; i++, at += step) square += M[at] * M[at];
  return Math.sqrt(square);
}
