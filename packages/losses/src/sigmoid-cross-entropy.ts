import { elementary64 } from "@unroll/kernels";
import { checkFeatures, type Features, nameWith } from "./features.ts";
import type { Loss } from "./loss.ts";
import { pointwiseLoss } from "./pointwise-loss.ts";

/**
 * Sigmoid (binary) cross-entropy from logits, targets in [0, 1]; with s(o) = 1/(1 + e^(-o)),
 * ℓ(o, y) = -y log s(o) - (1 - y) log(1 - s(o)) = max(o, 0) - oy + log1p(e^(-|o|)), ∂ℓ/∂o = s(o) - y.
 *
 * Both are written so that nothing cancels: o(1 - y) for o - oy, and (1 - y) - s(-o) for s(o) - y where o > 0.
 * @param options features: "sum" over the p columns of a row (the default), or "mean"
 * @throws OptionError if `features` is neither
 */
export function sigmoidCrossEntropy(options: { readonly features?: Features | undefined } = {}): Loss {
  const { features = "sum" } = options;
  checkFeatures("sigmoidCrossEntropy", features);
  return pointwiseLoss({
    name: nameWith("sigmoidCrossEntropy", features === "sum" ? undefined : features),
    value: (o, y) => (o > 0 ? o * (1 - y) : -o * y) + elementary64.log1p(elementary64.exp(-Math.abs(o))),
    derivative: (o, y) => (o > 0 ? 1 - y - elementary64.sigmoid(-o) : elementary64.sigmoid(o) - y),
    features,
    targetRange: [0, 1],
  });
}
