import { checkFeatures, type Features, nameWith } from "./features.ts";
import type { Loss } from "./loss.ts";
import { pointwiseLoss } from "./pointwise-loss.ts";

/**
 * ℓ(o, y) = (1/p) Σ_j |o_j - y_j|, ∂ℓ/∂o_j = sign(o_j - y_j)/p, at the kink 0.
 * @param options features: "mean" over the p columns of a row (the default), or "sum"
 * @throws OptionError if `features` is neither
 */
export function meanAbsoluteError(options: { readonly features?: Features | undefined } = {}): Loss {
  const { features = "mean" } = options;
  checkFeatures("meanAbsoluteError", features);
  return pointwiseLoss({
    name: nameWith("meanAbsoluteError", features === "mean" ? undefined : features),
    value: (o, y) => Math.abs(o - y),
    derivative: (o, y) => Math.sign(o - y),
    features,
  });
}
