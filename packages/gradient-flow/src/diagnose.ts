import { View } from "@unroll/kernels";
import { spectralNorm, spectralRadius } from "@unroll/linalg";
import type { Batch, Objective, SequenceModel } from "@unroll/model";
import { carriedGradients } from "./carried-gradients.ts";
import { type Clip, type ClippingEffect, clippingEffect } from "./clipping.ts";
import { type Decay, decayOf } from "./decay.ts";
import { checkCount } from "./jacobians.ts";
import { lyapunovSpectrum } from "./lyapunov.ts";
import { saturation } from "./saturation.ts";
import { lengthOf, log } from "./scale.ts";
import { sentencesOf } from "./sentences.ts";
import { gradientByLag } from "./temporal-contributions.ts";
import type { Trace } from "./trace.ts";
import { traceModel } from "./trace-model.ts";

export interface DiagnoseOptions {
  /** The most sequences to look at, the first ones of the batch; 8 unless given. */
  readonly sequences?: number | undefined;
  /** A gradient that is smaller than this share of what it was has not arrived; 0.01 unless given. */
  readonly threshold?: number | undefined;
  /** Which parameter's gradient is itemized; W_hh of the lowest layer unless given (or its first parameter). */
  readonly parameter?: string | undefined;
  /** How you clip: tells what that does. */
  readonly clip?: Clip | undefined;
}

/** W_hh of an Elman layer, and how open its units are. */
export interface LayerDiagnosis {
  readonly layer: number;
  /** γ, ‖W_hh‖ and ρ(W_hh). γ‖W_hh‖ < 1 makes gradients vanish; above 1 they may do anything. */
  readonly slope: number | undefined;
  readonly norm: number;
  readonly radius: number;
  /** Share of σ' ≤ 0.1γ over units, steps and sequences; undefined if σ works on rows. */
  readonly saturated: number | undefined;
}

/** What a diagnosis found; medians are over the sequences. */
export interface Diagnosis {
  readonly sequences: number;
  /** L of the sequences looked at. */
  readonly loss: number;
  /** The last step with a loss, from 1; 0 if there is none. */
  readonly step: number;
  readonly threshold: number;
  /** Median of the largest lag at which at least the threshold of that step's loss gradient arrives. */
  readonly reach: number;
  /** What becomes of it on the way to step 1: median, as logarithm of a factor, and as rate and half-life. */
  readonly logArriving: number;
  readonly decay: Decay;
  /** ln of the textbook bound for the same way: one Elman layer only. */
  readonly logBound: number | undefined;
  /** Median λ_1, nats a step. */
  readonly lyapunov: number;
  readonly parameter: string;
  /** Steps that truncated back-propagation must look back for a relative error of at most 0.05 in that gradient. */
  readonly window: number;
  readonly layers: readonly LayerDiagnosis[];
  /** Norm of the gradient of all parameters over the sequences looked at. */
  readonly gradientNorm: number;
  readonly clipping: ClippingEffect | undefined;
  /** All of it in words. */
  readonly sentences: readonly string[];
}

/**
 * A report on how gradients flow through a model on a batch, as numbers and as sentences. The model is left as it is; call it
 * every so many training steps. Costs a few training steps for each sequence, and ρ(W_hh).
 * @throws ShapeError, ValueError, NonFiniteError, OptionError if batch or options do not fit the model
 */
export function diagnose(
  model: SequenceModel,
  batch: Batch,
  objective: Objective,
  options: DiagnoseOptions = {},
): Diagnosis {
  const { threshold = 0.01, parameter = usualParameter(model), clip } = options;
  checkCount("diagnose", "sequences", options.sequences ?? 8, Number.MAX_SAFE_INTEGER);
  const sequences = Math.min(options.sequences ?? 8, batch.batch);
  const T = batch.steps;
  const tracer = traceModel(model, batch, objective, 0);
  const traces: Trace[] = [];
  const byLag = gradientByLag(tracer, parameter).fill(0);
  for (let b = 0; b < sequences; b++) {
    traces.push(traceModel(model, batch, objective, b, tracer).trace);
    for (const [i, x] of gradientByLag(tracer, parameter).entries()) byLag[i] += x;
  }
  const gradient = sum(traces.map(({ parameterGradient }) => parameterGradient));
  const flows = traces.map(carriedGradients);
  const step = lastStep(flows, T);
  const ways = flows.map((logs) => way(logs, T, step)).filter((logs) => logs.length > 0);
  const logArriving = median(ways.map((logs) => logs[logs.length - 1]));
  const layers = traces[0].layers.flatMap((_, l) => layerDiagnosis(traces, l));
  const { slope, norm } = layers[0] ?? {};
  const found = {
    sequences,
    loss: traces.reduce((total, { loss }) => total + loss, 0),
    step,
    threshold,
    reach: median(ways.map((logs) => logs.findLastIndex((x) => x >= log(threshold)))),
    logArriving,
    decay: decayOf(logArriving, Math.max(0, step - 1)),
    logBound:
      model.cells.length === 1 && slope !== undefined && norm !== undefined && step > 1
        ? (step - 1) * log(slope * norm)
        : undefined,
    lyapunov: median(traces.map((trace) => lyapunovSpectrum(trace, { exponents: 1 })[0])),
    parameter,
    window: windowOf(byLag, T),
    layers,
    gradientNorm: lengthOf(gradient, 0, gradient.length),
    clipping: clip && clippingEffect(gradient, clip),
  };
  return { ...found, sentences: sentencesOf(found) };
}

function usualParameter({ cells }: SequenceModel): string {
  const names = Object.keys(cells[0].parameters.slices);
  return `0.${names.includes("W_hh") ? "W_hh" : names[0]}`;
}

/** The last step whose loss has a gradient in some sequence, from 1; 0 if there is none. */
function lastStep(flows: readonly Float64Array[], T: number): number {
  for (let t = T; t > 0; t--)
    if (flows.some((logs) => logs[(t - 1) * T + t - 1] > Number.NEGATIVE_INFINITY)) return t;
  return 0;
}

/** ln ‖Φ(t,k)ᵀe_t‖/‖e_t‖ by lag; empty without a loss there. */
function way(logs: Float64Array, T: number, t: number): Float64Array {
  const own = t > 0 ? logs[(t - 1) * T + t - 1] : Number.NEGATIVE_INFINITY;
  if (own === Number.NEGATIVE_INFINITY) return new Float64Array(0);
  return Float64Array.from({ length: t }, (_, d) => logs[(t - 1) * T + t - 1 - d] - own);
}

/** The smallest L for which the terms of lag L and more are at most 5 % of the whole. */
function windowOf(byLag: Float64Array, T: number): number {
  const size = byLag.length / T;
  const tail = new Float64Array(size);
  const whole = sum(Array.from({ length: T }, (_, d) => byLag.subarray(d * size, (d + 1) * size)));
  const most = 0.05 * lengthOf(whole, 0, size);
  let L = T;
  for (; L > 0; L--) {
    for (let i = 0; i < size; i++) tail[i] += byLag[(L - 1) * size + i];
    if (lengthOf(tail, 0, size) > most) break;
  }
  return Math.min(T, Math.max(1, L));
}

function layerDiagnosis(traces: readonly Trace[], l: number): LayerDiagnosis[] {
  const { elman, stateSize: n } = traces[0].layers[l];
  if (!elman) return [];
  const W = new View(elman.W_hh, 0, n, n);
  const open = elman.derivatives !== undefined && elman.slope !== undefined;
  const share = (trace: Trace): number => saturation(trace, l).saturated / traces.length;
  return [
    {
      layer: l,
      slope: elman.slope,
      norm: spectralNorm(W),
      radius: spectralRadius(W),
      saturated: open ? traces.reduce((total, trace) => total + share(trace), 0) : undefined,
    },
  ];
}

function sum(vectors: readonly Float64Array[]): Float64Array {
  const total = new Float64Array(vectors[0].length);
  for (const vector of vectors) for (let i = 0; i < total.length; i++) total[i] += vector[i];
  return total;
}

/** The middle one, or the mean of the two in the middle; -∞ if there is none. */
function median(values: readonly number[]): number {
  if (values.length === 0) return Number.NEGATIVE_INFINITY;
  const sorted = Float64Array.from(values).sort();
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === high ? low : (low + high) / 2;
}
