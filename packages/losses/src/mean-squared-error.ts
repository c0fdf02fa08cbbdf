import { checkFeatures, type Features, nameWith } from "./features.ts";
import type { Loss } from "./loss.ts";
import { pointwiseLoss } from "./pointwise-loss.ts";

/**
 * ℓ(o, y) = (1/p) Σ_j (o_j - y_j)², ∂ℓ/∂o_j = (2/p)(o_j - y_j). No factor ½.
 * @param options features: "mean" over the p columns of a row (the default), or "sum": ‖o - y‖²
 * @throws OptionError if `features` is neither
 */
export function meanSquaredError(options: { readonly features?: Features | undefined } = {}): Loss {
  const { features = "mean" } = options;
  checkFeatures("meanSquaredError", features);
  return pointwiseLoss({
    name: nameWith("meanSquaredError", features === "mean" ? undefined : features),
    value: (o, y) => (o - y) * (o - y),
    derivative: (o, y) => 2 * (o - y),
    features,
  });
}
