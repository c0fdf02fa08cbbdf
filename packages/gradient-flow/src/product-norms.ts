import { Arena, OptionError, type View } from "@unroll/kernels";
import { checkCount, checkJacobians, type Jacobians } from "./jacobians.ts";
import { log, rescale } from "./scale.ts";
import { LargestEigenvalue } from "./spectral-norm.ts";

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
  readonly gram: View;
  readonly eigen: LargestEigenvalue;

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
    this.gram = this.arena.matrix(n, n);
    this.arena.commit();
    this.eigen = new LargestEigenvalue(n);
  }
}

/** Norms of all products of Jacobians at once. @throws as `productRows` does */
export function productNorms(j: Jacobians, options: ProductOptions = {}): ProductNorms {
  const rows = productRows(j, options);
  for (let row = rows.next(); ; row = rows.next()) if (row.done) return row.value;
}

/**
 * The same step by step: yields t (from 2 to T) when the row of Φ(t,1) … Φ(t,t-1) is done, so a caller may show
 * progress, or drop it; returns the norms.
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
  const { J, packed, gram } = room;
  const block = room.arena.part(room.now, 0, n, n);
  let { now, before } = room;
  for (let t = 2; t <= T; t++) {
    [now, before] = [before, now];
    const jScale = loadScaled(J, jacobians, (t - 1) * n * n);
    k.packTransposed(packed, J);
    setIdentity(before, (t - 2) * n);
    scales[t - 2] = 0;
    before.rows = now.rows = (t - 1) * n;
    k.fill(now, 0);
    k.addProduct(now, before, packed);
    for (let i = 0; i < t - 1; i++) {
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
      const vector = (((t - 1) * (t - 2)) / 2 + i) * n;
      if (squares > 0 && squares < Number.POSITIVE_INFINITY) {
        k.packTransposed(packed, block);
        k.fill(gram, 0);
        k.addProduct(gram, block, packed);
        const from = start ? vector : (((t - 2) * (t - 3)) / 2 + Math.min(i, t - 3)) * n;
        const source = start ? start.vectors : norms.vectors;
        for (let c = 0; c < n; c++) norms.vectors[vector + c] = start || t > 2 ? source[from + c] : 0;
        const theta = room.eigen.of(
          gram.data as Float64Array,
          gram.offset,
          squares,
          norms.vectors,
          vector,
          iterations,
        );
        norms.iterations += room.eigen.steps;
        norms.logSpectral[at] = 0.5 * log(theta) + unit;
      } else norms.logSpectral[at] = norms.logFrobenius[at];
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

function setIdentity(of: View, row: number): void {
  const n = of.columns;
  const start = of.offset + row * n;
  of.data.fill(0, start, start + n * n);
  for (let i = 0; i < n; i++) of.data[start + i * n + i] = 1;
}
