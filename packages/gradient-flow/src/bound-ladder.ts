import { View } from "@unroll/kernels";
import { spectralNorm, spectralRadius } from "@unroll/linalg";
import { carriedGradients } from "./carried-gradients.ts";
import { type ChainNorms, chainNorms } from "./chain-norms.ts";
import { checkCount } from "./jacobians.ts";
import { lyapunovSpectrum } from "./lyapunov.ts";
import type { ProductNorms } from "./product-norms.ts";
import { log } from "./scale.ts";
import type { Trace } from "./trace.ts";

/**
 * Five curves over the lag d = t - k, d = 0 … t - 1, as natural logarithms; all are 0 at d = 0, and where they exist
 * textbook ≥ stepwise ≥ product ≥ carried (to 1e-9).
 */
export interface BoundLadder {
  /** (1) ln (γ‖W_hh‖)^d: one Elman layer only. */
  readonly textbook: Float64Array | undefined;
  /** (2) Σ ln ‖J_i‖, i = k+1 … t: the bound for any cell. */
  readonly stepwise: Float64Array;
  /** (3) ln ‖Φ(t,k)‖. */
  readonly product: Float64Array;
  /** (4) ln ‖Φ(t,k)ᵀ e_t‖/‖e_t‖: the loss gradient carried back; undefined if e_t = 0. */
  readonly carried: Float64Array | undefined;
  /** (5) λ_1 d: the slope that (3) tends to, not a bound. */
  readonly asymptotic: Float64Array;
  /** ln ρ(W_hh)^d: a warning line, neither bound nor forecast of a nonlinear network. */
  readonly radius: Float64Array | undefined;
}

export interface BoundLadderOptions {
  /** What `productNorms` and `carriedGradients` of the trace gave, if they are at hand. */
  readonly norms?: ProductNorms | undefined;
  readonly carried?: Float64Array | undefined;
  /** λ_1; that of the trace unless given. */
  readonly lyapunov?: number | undefined;
}

/**
 * What the textbook bound allows, and what really arrives.
 * @param t the step whose loss goes back, 1 … T
 * @throws ValueError if t is out of range
 */
export function boundLadder(trace: Trace, t: number, options: BoundLadderOptions = {}): BoundLadder {
  checkCount("boundLadder", "t", t, trace.steps);
  const { steps: T, layers } = trace;
  const { jacobian, product } = options.norms ? rowOf(options.norms, t) : chainNorms(trace, t);
  const carried = options.carried ?? carriedGradients(trace);
  const lambda = options.lyapunov ?? (T > 1 ? lyapunovSpectrum(trace, { exponents: 1 })[0] : 0);
  const elman = layers.length === 1 ? layers[0].elman : undefined;
  const overLags = (value: (d: number) => number): Float64Array =>
    Float64Array.from({ length: t }, (_, d) => value(d));
  const line = (slope: number): Float64Array => overLags((d) => (d === 0 ? 0 : d * slope));
  const row = (logs: Float64Array, d: number): number => logs[(t - 1) * T + t - 1 - d];
  const W = elman && new View(elman.W_hh, 0, trace.stateSize, trace.stateSize);
  const own = row(carried, 0);
  const stepwise = new Float64Array(t);
  for (let d = 1; d < t; d++) stepwise[d] = stepwise[d - 1] + jacobian[d - 1];
  return {
    textbook: W && elman?.slope !== undefined ? line(log(elman.slope * spectralNorm(W))) : undefined,
    stepwise,
    product,
    carried: own > Number.NEGATIVE_INFINITY ? overLags((d) => row(carried, d) - own) : undefined,
    asymptotic: line(lambda),
    radius: W && line(log(spectralRadius(W))),
  };
}

/** What `chainNorms` gives, of norms that are there; ‖J_i‖ is ‖Φ(i,i-1)‖, i = 2 … t. */
function rowOf({ steps: T, logSpectral }: ProductNorms, t: number): ChainNorms {
  const of = (value: (d: number) => number): Float64Array =>
    Float64Array.from({ length: t }, (_, d) => value(d));
  return {
    jacobian: of((d) => (d < t - 1 ? logSpectral[(t - d - 1) * T + t - d - 2] : 0)),
    product: of((d) => logSpectral[(t - 1) * T + t - 1 - d]),
  };
}
