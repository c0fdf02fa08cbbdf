import { eigenvalues, matrix } from "@unroll/linalg";

/** E f(ξ) ≈ Σ w_i f(x_i). */
export interface Quadrature {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Gauss-Hermite quadrature for a standard normal ξ, exact for polynomials below degree 2n. Nodes are the eigenvalues of the
 * tridiagonal matrix of the recurrence x p_j = √(j+1) p_{j+1} + √j p_{j-1} of the orthonormal polynomials; weights are
 * 1/Σ_j p_j(x_i)². G. Golub, J. Welsch (1969).
 */
export function gaussHermite(n: number): Quadrature {
  const recurrence = matrix(n, n);
  for (let j = 1; j < n; j++)
    recurrence.data[j * n + j - 1] = recurrence.data[(j - 1) * n + j] = Math.sqrt(j);
  const nodes = Float64Array.from(eigenvalues(recurrence), ({ re }) => re).sort();
  const weights = nodes.map((x) => {
    let [before, p] = [0, 1];
    let squares = 1;
    for (let j = 0; j + 1 < n; j++) {
      [before, p] = [p, (x * p - Math.sqrt(j) * before) / Math.sqrt(j + 1)];
      squares += p * p;
    }
    return 1 / squares;
  });
  return { nodes, weights };
}
