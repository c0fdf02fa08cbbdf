import { ShapeError } from "@unroll/kernels";
import { lengthOf } from "./scale.ts";

/** How far one gradient is from another. */
export interface Similarity {
  /** ‖ĝ - g‖/‖g‖. */
  readonly relativeError: number;
  /** ⟨ĝ, g⟩/(‖ĝ‖‖g‖); NaN if one is 0. */
  readonly cosine: number;
  /** ‖ĝ‖/‖g‖: how much of the length is kept. */
  readonly kept: number;
}

/** Compares ĝ with g, of any magnitude. If g is 0, ratios are 0/0 = NaN or infinite. @throws ShapeError for other lengths */
export function similarity(estimate: Float64Array, exact: Float64Array): Similarity {
  const size = exact.length;
  if (estimate.length !== size) throw new ShapeError("similarity", "estimate", [estimate.length], [size]);
  const [a, b] = [lengthOf(estimate, 0, size), lengthOf(exact, 0, size)];
  const difference = estimate.map((x, i) => x - exact[i]);
  let cosine = 0;
  for (let i = 0; i < size; i++) cosine += (estimate[i] / a) * (exact[i] / b);
  return {
    relativeError: lengthOf(difference, 0, size) / b,
    cosine: Math.min(1, Math.max(-1, cosine)),
    kept: a / b,
  };
}
