import type { Kernels, Rows, Tokens, View } from "@unroll/kernels";
import type { Loss } from "./loss.ts";

/**
 * Softmax cross-entropy from logits: ℓ(o, y) = log Σ_j e^(o_j) - o_y, ∂ℓ/∂o = softmax(o) - onehot(y), y a token.
 * In nats; the largest logit is taken out first, so no finite logit overflows.
 *
 * A kernel: every operation rounds to the element type.
 */
export function softmaxCrossEntropy(): Loss {
  return {
    name: "softmaxCrossEntropy",
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
    },
  };
}
