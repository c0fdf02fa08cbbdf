import { rescale } from "./scale.ts";
import type { Tracer } from "./tracer.ts";

/**
 * Carries the loss gradient of every step back by one step after the other, all steps together: at lag d, row k of the
 * stack's dNext is Φ(k+d,k)ᵀ e_{k+d}, and row k of a layer's delta what its cell makes of it (for Elman a_{k+d,k}), k = 0 …
 * rows - 1. Row k is in units of 2^scales[k+d], so that it neither vanishes nor overflows.
 */
export function carryBack(
  { trace, stack }: Tracer,
  visit: (lag: number, rows: number, scales: Float64Array) => void,
): void {
  const { steps: T, stateSize: n, localGradients } = trace;
  const { dNext, dPrevious } = stack;
  const { data, offset } = dNext;
  const scales = new Float64Array(T);
  data.set(localGradients, offset);
  for (let lag = 0; lag < T; lag++) {
    const rows = T - lag;
    for (let k = 0; k < rows; k++) scales[k + lag] += rescale(data, offset + k * n, n);
    stack.back(0, rows, true);
    visit(lag, rows, scales);
    data.copyWithin(offset, dPrevious.offset + n, dPrevious.offset + rows * n);
  }
}
