import {
  similarity,
  type Trace,
  type Tracer,
  type TruncatedGradient,
  truncatedGradients,
} from "@unroll/gradient-flow";
import { reachOf } from "../cut.ts";
import type { TruncationReport } from "../frame.ts";
import type { Settings } from "../settings.ts";
import { truncationOf } from "../training/training-options.ts";
import { count, rounded } from "../words/numbers.ts";

/** The gradients of the tracer's sequence under truncation; undefined if there is none. */
export function truncatedRun(settings: Settings, tracer: Tracer): TruncatedGradient | undefined {
  const truncation = truncationOf(settings);
  return truncation && truncatedGradients(tracer, [truncation])[0];
}

/** What truncation leaves of the gradient of W_hh. */
export function truncationReport(
  settings: Settings,
  trace: Trace,
  { gradient }: TruncatedGradient,
): TruncationReport {
  const { offset, rows, columns } = trace.layout.slices["0.W_hh"];
  const part = (of: Float64Array): Float64Array => of.subarray(offset, offset + rows * columns);
  const { kept, cosine, relativeError } = similarity(part(gradient), part(trace.parameterGradient));
  const name = `Truncation to ${count(settings.truncate as number, "step")}`;
  const cuts = reachOf(settings, trace.steps).some((earliest) => earliest > 1);
  if (!cuts) return { kept, cosine, relativeError, sentence: `${name} cuts nothing here.` };
  const sentence = `${name} keeps ${rounded(100 * kept)} % of ‖∂L/∂W‖, cosine ${rounded(cosine)}.`;
  return { kept, cosine, relativeError, sentence };
}
