import { ShapeError, ValueError, type View } from "@unroll/kernels";
import { balance, isolate } from "./balance.ts";
import { largestEigenvalues } from "./bisection.ts";
import { type Eigenvalue, hessenbergEigenvalues } from "./francis.ts";
import { hessenberg } from "./hessenberg.ts";
import { normalize, restored, type Scaled, scaled } from "./scaled.ts";

/**
 * The eigenvalues λ of a square matrix, by magnitude, largest first; of equal magnitudes the one with the larger real
 * part first, then that with the positive imaginary part. Complex ones come in pairs; those of a symmetric matrix are
 * real.
 *
 * Each is an exact eigenvalue of a matrix that differs from A by a few ε ‖A‖. If λ belongs to a defective block of size
 * m it moves by about ε^(1/m).
 * @throws ShapeError if A is not square, NonFiniteError if an element is NaN or infinite, ValueError if the QR
 * iteration does not converge (no such matrix is known)
 */
export function eigenvalues(A: View): Eigenvalue[] {
  return sortedEigenvalues("eigenvalues", A);
}

/**
 * ρ(A), the largest magnitude of an eigenvalue: ‖Aⁿ‖^(1/n) for large n. 0 for an empty matrix.
 * @throws as `eigenvalues`
 */
export function spectralRadius(A: View): number {
  const [largest] = sortedEigenvalues("spectralRadius", A);
  return largest ? magnitude(largest) : 0;
}

function sortedEigenvalues(where: string, A: View): Eigenvalue[] {
  if (A.rows !== A.columns) throw new ShapeError(where, "the matrix", [A.rows, A.columns], ["n", "n"]);
  const copy = scaled(where, A);
  const found = isSymmetric(copy) ? symmetricEigenvalues(copy) : generalEigenvalues(copy);
  if (!found)
    throw new ValueError(where, "the matrix", `${A.rows}×${A.rows}`, "one whose QR iteration converges");
  const key = new Map(found.map((value) => [value, magnitude(value)]));
  found.sort((a, b) => (key.get(b) as number) - (key.get(a) as number) || b.re - a.re || b.im - a.im);
  return found.map(({ re, im }) => ({ re: restored(re, copy.unit), im: restored(im, copy.unit) }));
}

/** |λ| without overflow. */
function magnitude({ re, im }: Eigenvalue): number {
  const large = Math.max(Math.abs(re), Math.abs(im));
  const small = Math.min(Math.abs(re), Math.abs(im));
  return large === 0 ? 0 : large * Math.sqrt(1 + (small / large) * (small / large));
}

function isSymmetric({ data, rows: n }: Scaled): boolean {
  for (let r = 0; r < n; r++) {
    for (let c = 0; c < r; c++) if (data[r * n + c] !== data[c * n + r]) return false;
  }
  return true;
}

function symmetricEigenvalues({ data, rows: n }: Scaled): Eigenvalue[] {
  hessenberg(data, n);
  const diagonal = Float64Array.from({ length: n }, (_, i) => data[i * n + i]);
  const beside = Float64Array.from({ length: Math.max(n - 1, 0) }, (_, i) => data[(i + 1) * n + i]);
  return Array.from(largestEigenvalues(diagonal, beside, n), (re) => ({ re, im: 0 }));
}

function generalEigenvalues({ data, rows: n }: Scaled): Eigenvalue[] | undefined {
  const { eigenvalues: read, kept } = isolate(data, n);
  const rest = Float64Array.from(kept.flatMap((r) => kept.map((c) => data[r * n + c])));
  balance(rest, kept.length);
  const unit = normalize(rest);
  hessenberg(rest, kept.length);
  return hessenbergEigenvalues(rest, kept.length)
    ?.map(({ re, im }) => ({ re: restored(re, unit), im: restored(im, unit) }))
    .concat(read.map((re) => ({ re, im: 0 })));
}
