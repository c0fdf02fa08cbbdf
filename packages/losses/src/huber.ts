import { OptionError } from "@unroll/kernels";
import { checkFeatures, type Features, nameWith } from "./features.ts";
import type { Loss } from "./loss.ts";
import { pointwiseLoss } from "./pointwise-loss.ts";

/**
 * Huber's loss of d = o - y, averaged over the p columns: ½d² where |d| ≤ δ, else δ(|d| - ½δ).
 * ∂ℓ/∂o_j = d limited to [-δ, δ], over p. Huber 1964, Ann. Math. Statist. 35:73–101.
 * @param options delta: δ, default 1; features: "mean" over the p columns of a row (the default), or "sum"
 * @throws OptionError if δ is not a positive finite number, or `features` is neither
 */
export function huber(
  options: { readonly delta?: number | undefined; readonly features?: Features | undefined } = {},
): Loss {
  const { delta = 1, features = "mean" } = options;
  checkFeatures("huber", features);
  if (!(delta > 0 && delta < Number.POSITIVE_INFINITY)) {
    throw new OptionError("huber", "delta", delta, "a finite number > 0");
  }
  return pointwiseLoss({
    name: nameWith("huber", delta, features === "mean" ? undefined : features),
    value(o, y) {
      const size = Math.abs(o - y);
      return size <= delta ? 0.5 * size * size : delta * (size - 0.5 * delta);
    },
    derivative: (o, y) => Math.min(Math.max(o - y, -delta), delta),
    features,
  });
}
