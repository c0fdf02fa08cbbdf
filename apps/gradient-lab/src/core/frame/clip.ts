import { clippingEffect } from "@unroll/gradient-flow";
import type { ClipReport } from "../frame.ts";
import type { Settings } from "../settings.ts";
import { rounded } from "../words/numbers.ts";

/** What clipping makes of the gradient of all parameters. */
export function clipReport({ clip, threshold }: Settings, gradient: Float64Array): ClipReport {
  const limit =
    clip === "value" ? { value: threshold } : { norm: clip === "norm" ? threshold : Number.MAX_VALUE };
  const { before, after, changed, cosine, kept } = clippingEffect(gradient, limit);
  const figures = { before, after, changed, cosine, factor: changed > 0 ? kept : 1 };
  const norm = `‖∂L/∂θ‖ = ${rounded(before)}`;
  if (clip === "off") return { ...figures, sentence: undefined };
  if (changed === 0) return { ...figures, sentence: `Clipping changes nothing: ${norm}.` };
  const scaled = `Clipping scales ${norm} by ${rounded(kept)}.`;
  const cut = `Clipping cuts ${changed} of ${gradient.length} entries; cosine ${rounded(cosine)}.`;
  return { ...figures, sentence: clip === "norm" ? scaled : cut };
}
