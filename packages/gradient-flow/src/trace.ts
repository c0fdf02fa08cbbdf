import type { Layout } from "@unroll/linalg";
import type { Jacobians } from "./jacobians.ts";

/**
 * One sequence run forward and back, as plain numbers: everything is float64, row-major, and belongs to the caller.
 * Row t - 1 is step t, but for `states`, whose row t is h_t.
 */
export interface Trace extends Jacobians {
  /** p: columns of the outputs. */
  readonly outputSize: number;
  /** (T+1)×n: h_0 … h_T. */
  readonly states: Float64Array;
  /** T×p: y_t. */
  readonly outputs: Float64Array;
  /** T: w_t ℓ(y_t, target_t), before the scale c. Zero without a loss. */
  readonly losses: Float64Array;
  /** L = c Σ_t w_t ℓ_t. */
  readonly loss: number;
  /** T×p: g_t = ∂L/∂o_t. */
  readonly outputGradients: Float64Array;
  /** T×n: e_t = ∂L_t/∂h_t, the local part (W_hyᵀ g_t). */
  readonly localGradients: Float64Array;
  /** T×n: δ_t = dL/dh_t, the total. */
  readonly totalGradients: Float64Array;
  /** dL/dθ, in the order of `layout`. */
  readonly parameterGradient: Float64Array;
  /** Names are `0.W_hh`, … `readout.W_hy`, as those of a model. */
  readonly layout: Layout;
  readonly layers: readonly TraceLayer[];
}

/** What a trace knows of one layer. */
export interface TraceLayer {
  /** "elman", or the kind of the cell. */
  readonly kind: string;
  /** First column and number of columns of its state in the state of the stack. */
  readonly first: number;
  readonly stateSize: number;
  /** Only of Elman cells: what the textbook speaks of. */
  readonly elman?: ElmanLayer | undefined;
}

export interface ElmanLayer {
  /** n×n. */
  readonly W_hh: Float64Array;
  /** γ = sup |σ'|, if the activation tells. */
  readonly slope?: number | undefined;
  /** T×n: σ'(z_t), the diagonal of D_t; undefined if the activation works on rows (softmax). */
  readonly derivatives?: Float64Array | undefined;
  /** T×n: ε_t = dL/dz_t. */
  readonly deltas: Float64Array;
}
