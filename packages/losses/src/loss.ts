import type { Kernels, Rows, View } from "@unroll/kernels";

/**
 * A loss of rows: L = c Σ_r w_r ℓ(o_r, y_r), where row r = t·B + b is step t of sequence b, o_r a row of outputs,
 * y_r its target, w_r ≥ 0 its weight and c the scale of a `Reduction`.
 */
export interface Loss {
  readonly name: string;
  /** What it aims at: one integer a row (−1: none), or a row of numbers as long as that of the outputs. */
  readonly targets: "tokens" | "matrix";
  /** The values a target matrix may have; every finite number unless given. */
  readonly targetRange?: readonly [low: number, high: number] | undefined;
  /**
   * losses[r] ← w_r ℓ_r and, if asked, dOutputs[r,:] ← scale · w_r ∂ℓ_r/∂o_r, flushed. Losses are not scaled:
   * L = scale · Σ losses. Without weights every w_r is 1.
   *
   * A row of weight 0 or with an ignored target gives exact zeros, even if its outputs or targets are NaN.
   * Nothing is checked (see `checkTargets`) and nothing allocated.
   * @param losses R×1
   * @param dOutputs R×p
   * @param outputs R×p
   * @param targets R tokens, or R×p
   * @param weights R×1
   */
  evaluate(
    kernels: Kernels,
    losses: View,
    dOutputs: View | undefined,
    outputs: View,
    targets: Rows,
    weights: View | undefined,
    scale: number,
  ): void;
}
