import { reflectColumns, reflector, reflectRows } from "./reflection.ts";

/**
 * M (n×n, overwritten) ← QᵀMQ with zeros below the first subdiagonal, by Householder reflections. Of a symmetric matrix
 * the rest is tridiagonal but for rounding.
 */
export function hessenberg(M: Float64Array, n: number): void {
  const work = new Float64Array(n);
  for (let k = 0; k < n - 2; k++) {
    const first = (k + 1) * n + k;
    const { beta, tau } = reflector(M, first, n, n - k - 1);
    reflectRows(M, { start: first + 1, rows: n - k - 1, columns: n - k - 1, stride: n }, tau, first, n, work);
    reflectColumns(M, { start: k + 1, rows: n, columns: n - k - 1, stride: n }, tau, first, n, work);
    M[first] = beta;
    for (let r = k + 2; r < n; r++) M[r * n + k] = 0;
  }
}
