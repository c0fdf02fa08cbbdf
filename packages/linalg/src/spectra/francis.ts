import { reflector } from "./reflection.ts";

/** A complex number. */
export interface Eigenvalue {
  readonly re: number;
  readonly im: number;
}

/**
 * The eigenvalues of an upper Hessenberg matrix (n×n, overwritten) whose largest element is about 1, by Francis's implicit double-shift QR steps with
 * exceptional shifts; undefined if they don't converge in 60 steps an eigenvalue (two or three are usual).
 *
 * J. Francis, "The QR transformation" (1961–62); the criterion for a negligible element is that of M. Ahues and
 * F. Tisseur, "A new deflation criterion for the QR algorithm" (1997).
 */
export function hessenbergEigenvalues(H: Float64Array, n: number): Eigenvalue[] | undefined {
  const found: Eigenvalue[] = [];
  const allowed = 60 * Math.max(n, 10);
  let steps = 0;
  let sinceFound = 0;
  for (let last = n - 1; last >= 0; ) {
    const first = startOfBlock(H, n, last);
    if (first >= last - 1) {
      if (first === last) found.push({ re: H[last * n + last], im: 0 });
      else found.push(...pairOf(H, n, first));
      last = first - 1;
      sinceFound = 0;
      continue;
    }
    if (++steps > allowed) return undefined;
    francisStep(H, n, first, last, shifts(H, n, first, last, ++sinceFound));
  }
  return found;
}

const EPSILON: number = 2 ** -52;
const SMALLEST: number = 2 ** -400; // no more than rounding to a matrix of norm 1, and its square does not vanish

/** The first row of the block that ends with row `last`: the element left of it is negligible, and set to 0. */
function startOfBlock(H: Float64Array, n: number, last: number): number {
  for (let k = last; k > 0; k--) {
    const at = k * n + k;
    const below = Math.abs(H[at - 1]);
    if (below <= SMALLEST || isNegligible(H, n, k, below)) {
      H[at - 1] = 0;
      return k;
    }
  }
  return 0;
}

function isNegligible(H: Float64Array, n: number, k: number, below: number): boolean {
  const at = k * n + k;
  const here = Math.abs(H[at]);
  const before = Math.abs(H[at - n - 1]);
  let near = before + here;
  if (near === 0) near = (k > 1 ? Math.abs(H[at - n - 2]) : 0) + (k < n - 1 ? Math.abs(H[at + n]) : 0);
  if (below > EPSILON * near) return false;
  const above = Math.abs(H[at - n]);
  const difference = Math.abs(H[at - n - 1] - H[at]);
  const larger = Math.max(here, difference);
  const sum = larger + Math.max(below, above);
  const bound = EPSILON * (Math.min(here, difference) * (larger / sum));
  return Math.min(below, above) * (Math.max(below, above) / sum) <= Math.max(SMALLEST, bound);
}

/** The eigenvalues of the 2×2 block at row k. */
function pairOf(H: Float64Array, n: number, k: number): [Eigenvalue, Eigenvalue] {
  const at = k * n + k;
  const [a, b, c, d] = [H[at], H[at + 1], H[at + n], H[at + n + 1]];
  const half = (a - d) / 2;
  const scale = Math.max(Math.abs(half), Math.abs(b), Math.abs(c), SMALLEST);
  const square = (half / scale) * (half / scale) + (b / scale) * (c / scale);
  const root = scale * Math.sqrt(Math.abs(square));
  if (square < 0) {
    const re = d + half;
    return [
      { re, im: root },
      { re, im: -root },
    ];
  }
  const z = half < 0 ? half - root : half + root;
  return [
    { re: d + z, im: 0 },
    { re: z === 0 ? d : d - (b / z) * c, im: 0 },
  ];
}

/** Sum and product of the two shifts; as real and imaginary parts they are (re1, im), (re2, -im). */
interface Shifts {
  readonly re1: number;
  readonly re2: number;
  readonly im: number;
}

function shifts(H: Float64Array, n: number, first: number, last: number, sinceFound: number): Shifts {
  const end = last * n + last;
  let [a, b, c, d] = [H[end - n - 1], H[end - n], H[end - 1], H[end]];
  if (sinceFound % 10 === 0) {
    // The usual shifts may run in circles: take others, from the end or the start of the block in turn.
    const start = first * n + first;
    const atEnd = sinceFound % 20 === 0;
    const size = atEnd
      ? Math.abs(H[end - 1]) + Math.abs(H[end - n - 2])
      : Math.abs(H[start + n]) + Math.abs(H[start + 2 * n + 1]);
    a = d = 0.75 * size + (atEnd ? H[end] : H[start]);
    b = -0.4375 * size;
    c = size;
  }
  const scale = Math.abs(a) + Math.abs(b) + Math.abs(c) + Math.abs(d);
  if (scale === 0) return { re1: 0, re2: 0, im: 0 };
  const mean = (a / scale + d / scale) / 2;
  const determinant = (a / scale - mean) * (d / scale - mean) - (b / scale) * (c / scale);
  const root = Math.sqrt(Math.abs(determinant));
  if (determinant >= 0) return { re1: mean * scale, re2: mean * scale, im: root * scale };
  // Two real ones: the closer to the last element, twice.
  const closer =
    Math.abs(mean + root - d / scale) <= Math.abs(mean - root - d / scale) ? mean + root : mean - root;
  return { re1: closer * scale, re2: closer * scale, im: 0 };
}

/** One double-shift step on rows and columns first … last; what lies outside the block is not kept up. */
function francisStep(H: Float64Array, n: number, first: number, last: number, shift: Shifts): void {
  const v = new Float64Array(3);
  const start = startOfStep(H, n, first, last, shift, v);
  for (let k = start; k < last; k++) {
    const size = Math.min(3, last - k + 1);
    if (k > start) for (let i = 0; i < size; i++) v[i] = H[(k + i) * n + k - 1];
    if (size === 2) v[2] = 0;
    const { beta, tau } = reflector(v, 0, 1, 3);
    if (tau === 0) continue;
    // I - τ u uᵀ with u = (1, u1, u2) maps v to (β, 0, 0).
    const [u1, u2] = [v[1], v[2]];
    if (k > start) {
      H[k * n + k - 1] = beta;
      H[(k + 1) * n + k - 1] = 0;
      if (size === 3) H[(k + 2) * n + k - 1] = 0;
    } else if (k > first) {
      H[k * n + k - 1] *= 1 - tau;
    }
    const row = k * n;
    if (size === 3) {
      for (let c = k; c <= last; c++) {
        const at = row + c;
        const along = tau * (H[at] + u1 * H[at + n] + u2 * H[at + 2 * n]);
        H[at] -= along;
        H[at + n] -= along * u1;
        H[at + 2 * n] -= along * u2;
      }
      for (let r = first; r <= Math.min(k + 3, last); r++) {
        const at = r * n + k;
        const along = tau * (H[at] + u1 * H[at + 1] + u2 * H[at + 2]);
        H[at] -= along;
        H[at + 1] -= along * u1;
        H[at + 2] -= along * u2;
      }
    } else {
      for (let c = k; c <= last; c++) {
        const at = row + c;
        const along = tau * (H[at] + u1 * H[at + n]);
        H[at] -= along;
        H[at + n] -= along * u1;
      }
      for (let r = first; r <= last; r++) {
        const at = r * n + k;
        const along = tau * (H[at] + u1 * H[at + 1]);
        H[at] -= along;
        H[at + 1] -= along * u1;
      }
    }
  }
}

/**
 * The row where the step can start, since two subdiagonal elements in a row are small; v becomes the first column of
 * (H - s_1 I)(H - s_2 I) there.
 */
function startOfStep(
  H: Float64Array,
  n: number,
  first: number,
  last: number,
  shift: Shifts,
  v: Float64Array,
): number {
  const { re1, re2, im } = shift;
  for (let m = last - 2; ; m--) {
    const at = m * n + m;
    const here = H[at];
    const next = H[at + n + 1];
    const size = Math.abs(here - re2) + Math.abs(im) + Math.abs(H[at + n]);
    const below = size > 0 ? H[at + n] / size : 0;
    const away = size > 0 ? (here - re2) / size : 0;
    const turn = size > 0 ? im / size : 0;
    v[0] = below * H[at + 1] + (here - re1) * away + im * turn;
    v[1] = below * (here + next - re1 - re2);
    v[2] = below * H[at + 2 * n + 1];
    const sum = Math.abs(v[0]) + Math.abs(v[1]) + Math.abs(v[2]);
    if (sum > 0) for (let i = 0; i < 3; i++) v[i] /= sum;
    if (m === first) return m;
    const around = Math.abs(H[at - n - 1]) + Math.abs(here) + Math.abs(next);
    if (Math.abs(H[at - 1]) * (Math.abs(v[1]) + Math.abs(v[2])) <= EPSILON * Math.abs(v[0]) * around)
      return m;
  }
}
