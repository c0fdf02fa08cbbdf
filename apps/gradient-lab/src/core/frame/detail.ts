import { singularSpectrum } from "@unroll/gradient-flow";
import { View } from "@unroll/kernels";
import { eigenvalues, singularValues } from "@unroll/linalg";
import type { Detail } from "../frame.ts";
import { portion } from "../words/numbers.ts";
import { detailOf, questionOf } from "../words/status.ts";
import { histogram } from "./histogram.ts";
import type { Measured } from "./measure.ts";
import { complexParts } from "./spectrum.ts";

/** What is asked for the cell (t,k) of the map, both from 1. */
export function detailAt({ frame, trace }: Measured, t: number, k: number): Detail {
  const { settings, steps: T, maps, exact } = frame;
  const n = trace.stateSize;
  const at = (t - 1) * T + k - 1;
  const J = new View(trace.jacobians, (t - 1) * n * n, n, n);
  const derivatives = trace.layers.flatMap(({ elman, stateSize }) => {
    const values = elman?.derivatives ?? new Float64Array(0);
    return Array.from(values.subarray((t - 1) * stateSize, t * stateSize));
  });
  const sure = exact ? "" : "~";
  return {
    t,
    k,
    ...complexParts(eigenvalues(J)),
    jacobianSingularValues: singularValues(J),
    productSingularValues: singularSpectrum(trace, t, k).map((value) => value * Math.LOG10E),
    saturation: histogram(derivatives, frame.spectrum.gamma),
    question: questionOf(t, k),
    answer: `${sure}${portion(maps.measured[at])}`,
    sentence: detailOf(settings.norm, t, k, maps.measured[at], maps.bound[at], sure),
  };
}
