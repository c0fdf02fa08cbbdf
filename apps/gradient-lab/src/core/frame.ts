import type { Settings } from "./settings.ts";

/**
 * What one look at the network shows. All of it is computed for one sequence of T steps, in float64.
 *
 * A map is a row-major T×T matrix: row t-1 and column k-1 belong to ∂h_t/∂h_k. Entries with k > t are NaN. Values are
 * log10 where it says so: 0 has -Infinity. Steps are counted from 1 in words and from 0 in arrays.
 */
export interface Frame {
  /** Of the network shown; `trained` is how far training has come. */
  readonly settings: Settings;
  /** T and n. They may differ from the settings for an opened model. */
  readonly steps: number;
  readonly hidden: number;
  /** Training updates made so far. */
  readonly update: number;
  /** False: some norms are estimates, to be shown with "~"; an exact frame follows. */
  readonly exact: boolean;
  /** Time the computation took. The only thing here that is not the same in page and terminal. */
  readonly milliseconds: number;
  /** The arithmetic that ran: "simd" or "portable", which give the same bits. */
  readonly backend: string;
  /** What stands on the axes for each step: a character of the text, else its number. */
  readonly labels: readonly string[];
  readonly chain: Chain;
  readonly maps: Maps;
  readonly spectrum: Spectrum;
  readonly saturation: Histogram;
  readonly truncation: TruncationReport | undefined;
  readonly clip: ClipReport;
  readonly status: Status;
}

/** The unrolled network, one entry for each step. */
export interface Chain {
  /** T×n: h_t in rows. */
  readonly states: Float64Array;
  /** h_0. */
  readonly start: Float64Array;
  /** ‖h_t‖/√n. */
  readonly stateNorm: Float64Array;
  /** log10 ‖dL/dh_t‖, from all losses at and after step t. */
  readonly gradient: Float64Array;
  /** The same under truncation; the same numbers if there is none. */
  readonly truncatedGradient: Float64Array;
  /** ‖J_t‖ = ‖∂h_t/∂h_{t-1}‖. */
  readonly jacobianNorm: Float64Array;
  /** Mean of σ'(z_t) over the units: 1 is wide open, 0 is deaf. */
  readonly openness: Float64Array;
  /** ℓ_t; NaN where no loss is taken. */
  readonly loss: Float64Array;
  /** What the step reads and what it should say, in a few characters. */
  readonly input: readonly string[];
  readonly target: readonly string[];
}

export interface Maps {
  /** log10 of the chosen norm of Φ(t,k) = ∂h_t/∂h_k. */
  readonly measured: Float64Array;
  /** log10 (γ σ_max(W_hh))^(t-k); NaN for a stack of layers, which has no such bound. */
  readonly bound: Float64Array;
  /** log10 Π_{i=k+1..t} ‖J_i‖. */
  readonly product: Float64Array;
  /** log10 ‖Φ(t,k)ᵀ e_t‖/‖e_t‖; NaN in rows without a loss. */
  readonly carried: Float64Array;
  /** log10 ‖∂L_t/∂h_t ∂h_t/∂h_k ∂⁺h_k/∂W_hh‖; NaN in rows without a loss. */
  readonly loss: Float64Array;
  /** The same as a share of the sum over the map, from 0 to 1, not a logarithm. */
  readonly share: Float64Array;
}

export interface Spectrum {
  /** Eigenvalues of W_hh, largest first: real and imaginary parts. */
  readonly eigenvaluesRe: Float64Array;
  readonly eigenvaluesIm: Float64Array;
  /** Singular values of W_hh, largest first. */
  readonly singularValues: Float64Array;
  /** ρ(W_hh), σ_max(W_hh), γ = sup |σ'|. */
  readonly radius: number;
  readonly norm: number;
  readonly gamma: number;
  /** λ_1, nats per step, of this sequence. */
  readonly lyapunov: number;
}

/** Counts of values in equal bins from `from` to `to`. */
export interface Histogram {
  readonly from: number;
  readonly to: number;
  readonly counts: Float64Array;
}

export interface TruncationReport {
  /** ‖ĝ‖/‖g‖, for the gradient of W_hh. */
  readonly kept: number;
  readonly cosine: number;
  /** ‖ĝ - g‖/‖g‖. */
  readonly relativeError: number;
  readonly sentence: string;
}

export interface ClipReport {
  /** ‖g‖ over all parameters, before and after clipping. */
  readonly before: number;
  readonly after: number;
  /** ‖after‖/‖before‖; for clipping by norm, what it multiplied the gradient with. */
  readonly factor: number;
  /** Entries that changed. */
  readonly changed: number;
  /** The angle's cosine between the gradient before and after. */
  readonly cosine: number;
  /** undefined if clipping is off. */
  readonly sentence: string | undefined;
}

/** The numbers of the picture in words. It is the alternative text, too. */
export interface Status {
  readonly regime: "vanishing" | "holding" | "exploding";
  /** ‖∂h_T/∂h_1‖ in the chosen norm, as log10, and the bound (NaN if there is none). */
  readonly measured: number;
  readonly bound: number;
  /** Steps in which the gradient halves (positive) or doubles (negative); Infinity if it holds. */
  readonly halfLife: number;
  /** "How much of step 1 still reaches step 40?" and "3.4 %". */
  readonly question: string;
  readonly answer: string;
  /** "Vanishing: halves every 8 steps." */
  readonly headline: string;
  /** "‖∂h40/∂h1‖ = 0.034; the bound allows 0.14, 4.1 times as much." */
  readonly detail: string;
}

/** What is asked for one cell of the map, apart from the frame, so that a moving crosshair costs little. */
export interface Detail {
  /** Steps from 1. */
  readonly t: number;
  readonly k: number;
  /** Eigenvalues of J_t. */
  readonly eigenvaluesRe: Float64Array;
  readonly eigenvaluesIm: Float64Array;
  /** Singular values of J_t, and log10 of those of Φ(t,k). */
  readonly jacobianSingularValues: Float64Array;
  readonly productSingularValues: Float64Array;
  /** σ'(z_t) of the units at step t. */
  readonly saturation: Histogram;
  /** "How much of step 12 still reaches step 40?", "3.4 %", "‖∂h40/∂h12‖ = 0.034; the bound allows 0.14, 4.1 times as much." */
  readonly question: string;
  readonly answer: string;
  readonly sentence: string;
}

/** The curves of one row of the maps over the lag d = t - k, 0 … t-1: log10, longest lag last. */
export interface DecayCurves {
  readonly t: number;
  readonly bound: Float64Array;
  readonly product: Float64Array;
  readonly measured: Float64Array;
  readonly carried: Float64Array;
  /** d λ_1 / ln 10: a slope, no bound. */
  readonly lyapunov: Float64Array;
}
