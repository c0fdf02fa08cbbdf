import { flushLimit, type Kernels, OptionError, type View } from "@unroll/kernels";
import { checkVector } from "./check-vector.ts";
import { measure } from "./global-norm.ts";

/** 2⁻⁶⁴. */
const STEP = 5.421010862427522e-20;

/**
 * Scales the gradients (1×N) so that their norm is at most `maxNorm`: g ← g · min(1, θ/‖g‖), one norm over all parameters.
 * Returns ‖g‖ as it was before. Gradients within the norm keep their bits; θ = Infinity only measures.
 *
 * Huge gradients are no special case: neither the norm nor the factor overflows or loses digits.
 * Source: Pascanu, Mikolov & Bengio, ICML 2013.
 * @throws NonFiniteError if a gradient is NaN or infinite, OptionError for a `maxNorm` that isn't positive, ShapeError;
 * the gradients are unchanged then
 */
export function clipByGlobalNorm(kernels: Kernels, gradients: View, maxNorm: number): number {
  const where = "clipByGlobalNorm";
  checkVector(where, "gradients", gradients, "N");
  const limit = flushLimit(kernels.type);
  if (!(maxNorm >= limit)) throw new OptionError(where, "maxNorm", maxNorm, `a number of at least ${limit}`);
  const norm = measure(where, kernels, gradients);
  if (norm <= maxNorm) return norm;
  let factor = maxNorm / norm;
  // θ/‖g‖ may be too small for the element type while θ/‖g‖ · g is not: then go there in steps.
  while (factor < limit) {
    kernels.scale(gradients, gradients, STEP);
    factor = maxNorm / measure(where, kernels, gradients);
  }
  kernels.scale(gradients, gradients, factor);
  return norm;
}
