export { type BoundLadder, type BoundLadderOptions, boundLadder } from "./bound-ladder.ts";
export { carriedGradients, type LocalGradients } from "./carried-gradients.ts";
export { type Clip, type ClippingEffect, clippedTermSum, clippingEffect } from "./clipping.ts";
export {
  type Counterexample,
  counterexamples,
  type ExpectedFigure,
  type RecurrentWeights,
} from "./counterexamples.ts";
export { type Decay, decayOf } from "./decay.ts";
export { type DiagnoseOptions, type Diagnosis, diagnose, type LayerDiagnosis } from "./diagnose.ts";
export { GradientMonitor } from "./gradient-monitor.ts";
export type { Jacobians } from "./jacobians.ts";
export { type LyapunovMeter, type LyapunovOptions, lyapunovMeter, lyapunovSpectrum } from "./lyapunov.ts";
export { criticalGain, type MeanField, type MeanFieldOptions, meanField } from "./mean-field.ts";
export { type OmegaOptions, OmegaRegularizer } from "./omega.ts";
export {
  type ProductNorms,
  type ProductOptions,
  ProductRoom,
  productNorms,
  productRows,
} from "./product-norms.ts";
export { type Saturation, saturation } from "./saturation.ts";
export { type Similarity, similarity } from "./similarity.ts";
export { singularSpectra, singularSpectrum } from "./singular-spectra.ts";
export {
  gradientByLag,
  gradientByStep,
  type TemporalContributions,
  temporalContributions,
} from "./temporal-contributions.ts";
export type { ElmanLayer, Trace, TraceLayer } from "./trace.ts";
export { traceModel } from "./trace-model.ts";
export { type OutputGradientOfRun, type TraceObjective, type TraceRun, Tracer, trace } from "./tracer.ts";
export type { TracerOptions } from "./tracer-options.ts";
export { type Cut, type TruncatedGradient, truncatedGradients, truncationBias } from "./truncation-bias.ts";
