import { portableFloat64, View } from "@unroll/kernels";
import { clipByGlobalNorm, clipByValue, globalNorm } from "@unroll/optim";
import type { ClipReport } from "../frame.ts";
import type { Settings } from "../settings.ts";
import { rounded } from "../words/numbers.ts";
import { compare } from "./compare.ts";

/** What clipping makes of a gradient. */
export function clipReport({ clip, threshold }: Settings, gradient: Float64Array): ClipReport {
  const clipped = new View(gradient.slice(), 0, 1, gradient.length);
  const finite = portableFloat64.firstNonFinite(clipped) < 0;
  const before = finite ? globalNorm(portableFloat64, clipped) : Number.NaN;
  if (clip === "off" || !finite)
    return { before, after: before, factor: 1, changed: 0, cosine: 1, sentence: undefined };
  let factor = 1;
  let changed = 0;
  if (clip === "norm") {
    clipByGlobalNorm(portableFloat64, clipped, threshold);
    factor = before > threshold ? threshold / before : 1;
  } else changed = clipByValue(portableFloat64, clipped, threshold);
  const after = globalNorm(portableFloat64, clipped);
  const { cosine } = compare(clipped.data as Float64Array, gradient);
  const nothing = `Clipping changes nothing: ‖∂L/∂θ‖ = ${rounded(before)}.`;
  const norm = `Clipping scales ‖∂L/∂θ‖ = ${rounded(before)} by ${rounded(factor)}.`;
  const value = `Clipping cuts ${changed} of ${gradient.length} entries; cosine ${rounded(cosine)}.`;
  const sentence = clip === "norm" ? (factor < 1 ? norm : nothing) : changed > 0 ? value : nothing;
  return { before, after, factor, changed, cosine, sentence };
}
