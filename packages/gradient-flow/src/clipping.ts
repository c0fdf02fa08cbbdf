import { OptionError } from "@unroll/kernels";
import { lengthOf } from "./scale.ts";
import { type Similarity, similarity } from "./similarity.ts";

/** Clipping by the global norm, g·min(1, θ/‖g‖), or of each element to ±θ. */
export type Clip = { readonly norm: number } | { readonly value: number };

/** What clipping makes of a gradient; `kept` is ‖after‖/‖before‖. */
export interface ClippingEffect extends Similarity {
  readonly before: number;
  readonly after: number;
  /** Elements that changed. */
  readonly changed: number;
  readonly gradient: Float64Array;
}

/**
 * The gradient before and after clipping. Scaling by the norm keeps the direction; clipping elements bends it, but it
 * still descends, since Σ g_i clip(g_i) ≥ 0.
 * @throws OptionError if the threshold is not a positive number
 */
export function clippingEffect(gradient: Float64Array, clip: Clip): ClippingEffect {
  const clipped = clippedBy(gradient, clip);
  const [before, after] = [gradient, clipped].map((g) => lengthOf(g, 0, g.length));
  let changed = 0;
  for (const [i, x] of gradient.entries()) if (clipped[i] !== x) changed++;
  return { before, after, changed, gradient: clipped, ...similarity(clipped, gradient) };
}

/**
 * A trap: each of the rows of a gradient by lag or by step is clipped by its own norm, then they are summed. This can point
 * uphill: of 10, -9.5 and -0.4, clipped at 1, the sum +0.1 becomes -0.4.
 * @param rows R×size, as of `gradientByLag`
 * @throws OptionError if the threshold is not a positive number
 */
export function clippedTermSum(rows: Float64Array, size: number, threshold: number): Float64Array {
  const sum = new Float64Array(size);
  for (let at = 0; at < rows.length; at += size) {
    const row = clippedBy(rows.subarray(at, at + size), { norm: threshold });
    for (let i = 0; i < size; i++) sum[i] += row[i];
  }
  return sum;
}

function clippedBy(gradient: Float64Array, clip: Clip): Float64Array {
  const [name, threshold] =
    "norm" in clip ? (["norm", clip.norm] as const) : (["value", clip.value] as const);
  if (!(threshold > 0)) throw new OptionError("clip", name, threshold, "a positive number");
  if (name === "value") return gradient.map((x) => Math.min(Math.max(x, -threshold), threshold));
  const norm = lengthOf(gradient, 0, gradient.length);
  return norm > threshold ? gradient.map((x) => x * (threshold / norm)) : gradient.slice();
}
