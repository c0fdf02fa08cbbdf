import type { Loss, Reduction } from "@unroll/losses";

/** What training makes small: L = c Σ_t w_t ℓ(y_t, target_t). */
export interface Objective {
  readonly loss: Loss;
  /** c: 1, 1/B or 1/Σw; "mean-over-steps" (1/Σw) unless given. */
  readonly reduction?: Reduction | undefined;
}
