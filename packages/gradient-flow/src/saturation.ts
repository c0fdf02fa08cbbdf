import { OptionError } from "@unroll/kernels";
import type { Trace } from "./trace.ts";

/** How open the units are: σ'(z) of every unit and step, against its largest value γ. */
export interface Saturation {
  /** T: mean of σ'(z_t) over the units. */
  readonly byStep: Float64Array;
  /** n: mean of σ'(z) over the steps. */
  readonly byUnit: Float64Array;
  /** Quantiles of σ' over units and steps: least, 10 %, 25 %, 50 %, 75 %, 90 %, largest. */
  readonly quantiles: Float64Array;
  /** Share of σ' ≤ threshold·γ. */
  readonly saturated: number;
  readonly threshold: number;
}

/**
 * Where gradients die in the units themselves. For ReLU the saturated ones are those switched off.
 * @param layer from below, from 0
 * @param threshold a unit counts as saturated if σ' ≤ threshold·γ; 0.1 unless given
 * @throws OptionError if the layer is not an Elman cell with an element-wise activation of known γ
 */
export function saturation(trace: Trace, layer = 0, threshold = 0.1): Saturation {
  const of = trace.layers[layer];
  const { derivatives, slope } = of?.elman ?? {};
  if (!derivatives || slope === undefined)
    throw new OptionError(
      "saturation",
      "layer",
      layer,
      "one with an Elman cell and an element-wise activation",
    );
  const { steps: T } = trace;
  const n = of.stateSize;
  const byStep = new Float64Array(T);
  const byUnit = new Float64Array(n);
  let saturated = 0;
  for (const [at, value] of derivatives.entries()) {
    byStep[Math.floor(at / n)] += value / n;
    byUnit[at % n] += value / T;
    if (value <= threshold * slope) saturated++;
  }
  const sorted = derivatives.slice().sort();
  const quantiles = Float64Array.of(0, 0.1, 0.25, 0.5, 0.75, 0.9, 1).map((share) => {
    const place = share * (sorted.length - 1);
    const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return low + (place - Math.floor(place)) * (high - low);
  });
  return { byStep, byUnit, quantiles, saturated: saturated / derivatives.length, threshold };
}
