import { flushLimit, type Kernels, OptionError, type Rows, type Tokens, type View } from "@unroll/kernels";
import { nameWith } from "./features.ts";
import type { Loss } from "./loss.ts";

/**
 * Softmax cross-entropy from logits: ℓ(o, y) = log Σ_j e^(o_j) - o_y, ∂ℓ/∂o = softmax(o) - onehot(y), y a token.
 * In nats; the largest logit is taken out first, so no finite logit overflows.
 *
 * A kernel: every operation rounds to the element type.
 *
 * With label smoothing ε the target is y with 1 - ε and any of the p classes with ε/p each:
 * ℓ = log Σ_j e^(o_j) - (1 - ε) o_y - (ε/p) Σ_j o_j, ∂ℓ/∂o = softmax(o) - (1 - ε) onehot(y) - ε/p. What smoothing adds
 * is computed in float64 and rounded once. Szegedy et al. 2016, arXiv:1512.00567, section 7.
 * @param options labelSmoothing: ε, from 0 (the default) to 1, 1 itself excluded
 * @throws OptionError if ε is no such number
 */
export function softmaxCrossEntropy(options: { readonly labelSmoothing?: number | undefined } = {}): Loss {
  const { labelSmoothing = 0 } = options;
  if (!(labelSmoothing >= 0 && labelSmoothing < 1))
    throw new OptionError("softmaxCrossEntropy", "labelSmoothing", labelSmoothing, "0 ≤ ε < 1");
  return {
    name: nameWith("softmaxCrossEntropy", labelSmoothing || undefined),
    targets: "tokens",
    evaluate(
      kernels: Kernels,
      losses: View,
      dOutputs: View | undefined,
      outputs: View,
      targets: Rows,
      weights: View | undefined,
      scale: number,
    ): void {
      kernels.softmaxCrossEntropy(losses, dOutputs, outputs, targets as Tokens, weights, scale);
      if (labelSmoothing > 0)
        smooth(labelSmoothing, kernels, losses, dOutputs, outputs, targets as Tokens, weights, scale);
    },
  };
}

/** losses[r] += w ε (o_y - (1/p) Σ_j o_j), dOutputs[r,:] += scale · w ε (onehot(y) - 1/p). */
function smooth(
  epsilon: number,
  kernels: Kernels,
  losses: View,
  dOutputs: View | undefined,
  outputs: View,
  targets: Tokens,
  weights: View | undefined,
  scale: number,
): void {
  const limit = flushLimit(kernels.type);
  const columns = outputs.columns;
  for (let r = 0; r < outputs.rows; r++) {
    const weight = weights ? weights.data[weights.offset + r * weights.stride] : 1;
    const target = targets.data[targets.offset + r];
    if (weight === 0 || target < 0) continue;
    const at = outputs.offset + r * outputs.stride;
    let mean = 0;
    for (let c = 0; c < columns; c++) mean += outputs.data[at + c] / columns;
    losses.data[losses.offset + r * losses.stride] += weight * epsilon * (outputs.data[at + target] - mean);
    if (!dOutputs) continue;
    const to = dOutputs.offset + r * dOutputs.stride;
    const share = scale * weight * epsilon;
    for (let c = 0; c < columns; c++) {
      const slope = dOutputs.data[to + c] + share * ((c === target ? 1 : 0) - 1 / columns);
      dOutputs.data[to + c] = slope < limit && slope > -limit ? 0 : slope;
    }
  }
}
