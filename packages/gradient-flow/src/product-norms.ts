import { Arena, OptionError, type View } from "@unroll/kernels";
import { checkCount, checkJacobians, type Jacobians } from "./jacobians.ts";
import { log, rescale } from "./scale.ts";
import { SpectralNorm } from "./spectral-norm.ts";

/**
 * Norms of all Φ(t,k) = ∂h_t/∂h_k = J_t … J_{k+1}, as natural logarithms: element (t - 1)·T + k - 1, t, k = 1 … T.
 * On the diagonal stands Φ = I; above it Φ = 0, with logarithm -∞.
 */
export interface ProductNorms {
  readonly steps: number;
  readonly stateSize: number;
  /** T·T: ln ‖Φ(t,k)‖_2; all -∞ if they were not asked for. */
  readonly logSpectral: Float64Array;
  /** T·T: ln ‖Φ(t,k)‖_F. */
  readonly logFrobenius: Float64Array;
  /** The right singular vectors of the spectral norms: a start for norms of nearby Jacobians. Row t(t-1)/2 + k. */
  readonly vectors: Float64Array;
  /** Lanczos steps taken. */
  iterations: number;
}

export interface ProductOptions {
  /** False leaves the spectral norms out, which cost most of the time. */
  readonly spectral?: boolean | undefined;
  /** Norms of nearby Jacobians of the same sizes, as those of the frame before: a start. */
  readonly start?: ProductNorms | undefined;
  /** Lanczos steps for each norm: a lower bound for little money. Unless given, as many as 1e-10 needs. */
  readonly iterations?: number | undefined;
  /** Memory from an earlier call. */
  readonly room?: ProductRoom | undefined;
}

/** Memory for the products of up to T steps of n×n Jacobians, to be used again. */
export class ProductRoom {
  readonly steps: number;
  readonly stateSize: number;
  readonly arena: Arena;
  /** Φ(t,1)ᵀ … Φ(t,t)ᵀ one under the other, and the same of the step before. */
  readonly now: View;
  readonly before: View;
  readonly J: View;
  readonly packed: View;
  readonly norm: SpectralNorm;

  /** @throws ValueError if a size is not a positive integer, MemoryError if there is not that much memory */
  constructor({ steps, stateSize }: { readonly steps: number; readonly stateSize: number }) {
    checkCount("ProductRoom", "steps", steps, Number.MAX_SAFE_INTEGER);
    checkCount("ProductRoom", "stateSize", stateSize, Number.MAX_SAFE_INTEGER);
    const n = stateSize;
    this.steps = steps;
    this.stateSize = n;
    this.arena = new Arena("float64");
    this.now = this.arena.matrix(steps * n, n);
    this.before = this.arena.matrix(steps * n, n);
    this.J = this.arena.matrix(n, n);
    this.packed = this.arena.packed(n, n);
    this.norm = new SpectralNorm(this.arena, n);
    this.arena.commit();
  }
}

/** Norms of all products of Jacobians at once. @throws as `productRows` does */
export function productNorms(j: Jacobians, options: ProductOptions = {}): ProductNorms {
  const rows = productRows(j, options);
  for (let row = rows.next(); ; row = rows.next()) if (row.done) return row.value;
}

/**
 * The same bit by bit: every millisecond or two it yields how far it is, a number that grows to T (the work done is about the
 * share of its square), so a caller may show progress, or drop it; returns the norms.
 *
 * For each t all products are made by one product of matrices, J_t·[Φ(t-1,1) … Φ(t-1,t-1)]. Each has its own power of two as
 * a scale, so nothing over- or underflows. Spectral norms are within 1e-10 (relative), unless `iterations` limits them.
 * @throws ValueError, ShapeError if the Jacobians or the start are malformed, OptionError for wrong options
 */
export function* productRows(j: Jacobians, options: ProductOptions = {}): Generator<number, ProductNorms> {
  const where = "productNorms";
  checkJacobians(where, j);
  const { steps: T, stateSize: n, jacobians } = j;
  const { spectral = true, iterations = 0, start } = options;
  checkCount(where, "iterations", iterations, Number.MAX_SAFE_INTEGER, 0);
  const room = options.room ?? new ProductRoom(j);
  if (room.steps < T || room.stateSize !== n)
    throw new OptionError(where, "room", `${room.steps} steps of ${room.stateSize}`, `at least ${T} of ${n}`);
  if (start && start.vectors.length !== ((T * (T - 1)) / 2) * n)
    throw new OptionError(where, "start", `${start.steps} steps of ${start.stateSize}`, `${T} of ${n}`);
  const norms: ProductNorms = {
    steps: T,
    stateSize: n,
    logSpectral: new Float64Array(T * T).fill(Number.NEGATIVE_INFINITY),
    logFrobenius: new Float64Array(T * T).fill(Number.NEGATIVE_INFINITY),
    vectors: new Float64Array(((T * (T - 1)) / 2) * n),
    iterations: 0,
  };
  for (let t = 0; t < T; t++) {
    norms.logFrobenius[t * T + t] = 0.5 * log(n);
    if (spectral) norms.logSpectral[t * T + t] = 0;
  }
  // The exponent of the scale of each product.
  const scales = new Float64Array(T);
  const k = room.arena.kernels;
  const { J, packed } = room;
  const block = room.arena.part(room.now, 0, n, n);
  const from = room.arena.part(room.now, 0, n, n);
  const to = room.arena.part(room.now, 0, n, n);
  // Products between two looks at what the caller wants: a millisecond or two.
  const chunk = Math.max(1, Math.floor(4e6 / (n * n * n)));
  let { now, before } = room;
  for (let t = 2; t <= T; t++) {
    [now, before] = [before, now];
    const jScale = loadScaled(J, jacobians, (t - 1) * n * n);
    k.packTransposed(packed, J);
    setIdentity(before, (t - 2) * n);
    scales[t - 2] = 0;
    for (let i = 0; i < t - 1; i++) {
      if (i % chunk === 0) {
        if (i > 0) yield t - 1 + i / (t - 1);
        rowsOf(from, before, i * n, Math.min(chunk, t - 1 - i) * n);
        rowsOf(to, now, i * n, from.rows);
        k.fill(to, 0);
        k.addProduct(to, from, packed);
      }
      block.offset = now.offset + i * n * n;
      scales[i] += jScale;
      let squares = k.sumOfSquares(block);
      if (squares > 0 && (squares < 2 ** -60 || squares > 2 ** 60)) {
        scales[i] += rescale(block.data, block.offset, n * n);
        squares = k.sumOfSquares(block);
      }
      const unit = scales[i] * Math.LN2;
      const at = (t - 1) * T + i;
      norms.logFrobenius[at] = squares > 0 ? 0.5 * log(squares) + unit : 0.5 * log(squares);
      if (!spectral) continue;
      if (!(squares > 0 && squares < Number.POSITIVE_INFINITY)) {
        norms.logSpectral[at] = norms.logFrobenius[at];
        continue;
      }
      const vector = (((t - 1) * (t - 2)) / 2 + i) * n;
      let norm: number;
      if (iterations === 0) norm = room.norm.exact(block, squares, norms.vectors, vector);
      else {
        // Where to begin: the vector of the nearby Jacobians, or that of Φ(t-1,k).
        const last = (((t - 2) * (t - 3)) / 2 + i) * n;
        if (start) norms.vectors.set(start.vectors.subarray(vector, vector + n), vector);
        else if (i < t - 2) norms.vectors.copyWithin(vector, last, last + n);
        norm = room.norm.estimate(block, iterations, norms.vectors, vector);
      }
      norms.logSpectral[at] = log(norm) + unit;
      norms.iterations += room.norm.steps;
    }
    yield t;
  }
  return norms;
}

/** Loads a Jacobian with its largest element near 1; returns the exponent of what it was divided by. */
function loadScaled(J: View, from: Float64Array, start: number): number {
  J.data.set(from.subarray(start, start + J.size), J.offset);
  return rescale(J.data, J.offset, J.size);
}

function rowsOf(part: View, of: View, first: number, rows: number): void {
  part.offset = of.offset + first * of.columns;
  part.rows = rows;
}

function setIdentity(of: View, row: number): void {
  const n = of.columns;
  const start = of.offset + row * n;
  of.data.fill(0, start, start + n * n);
  for (let i = 0; i < n; i++) of.data[start + i * n + i] = 1;
}
