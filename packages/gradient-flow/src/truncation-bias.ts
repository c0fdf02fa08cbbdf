import { type Truncation, type Window, windows } from "@unroll/bptt";
import { OptionError } from "@unroll/kernels";
import { carryBack } from "./carry-back.ts";
import { cellParameter } from "./parameter.ts";
import { powerOfTwo } from "./scale.ts";
import { type Similarity, similarity } from "./similarity.ts";
import type { Tracer } from "./tracer.ts";

/**
 * `{ k1, k2 }` is BPTT(k2; k1): after steps k1, 2k1, … and T the losses since the last time go back through k2 steps; k1 = 1 slides.
 * `{ chunk: L }` cuts ("detaches") after every L steps: a loss goes back to the start of its chunk.
 */
export type Cut = Truncation | { readonly chunk: number };

/** A gradient under truncation. */
export interface TruncatedGradient {
  /** dL/dθ, in the order of the trace's layout. What does not flow through the cells is as without truncation. */
  readonly gradient: Float64Array;
  /** T×n: δ_t of the flow that is left, summed over the sweeps. */
  readonly totalGradients: Float64Array;
}

/**
 * What truncated back-propagation would have made of the tracer's last run: the sum of the terms (t,k) that its sweeps
 * reach. Several cuts together cost little more than one.
 * @throws OptionError if a cut is malformed, StateError without a run
 */
export function truncatedGradients(tracer: Tracer, cuts: readonly Cut[]): TruncatedGradient[] {
  const { trace, stack } = tracer;
  const { steps: T, stateSize: n } = trace;
  const sums = cuts.map((cut) => ({
    reach: reachOf(cut, T),
    totals: new Float64Array(T * n),
    deltas: stack.layers.map(({ cell }) => new Float64Array(T * cell.deltaSize)),
  }));
  carryBack(tracer, (lag, rows, scales) => {
    for (let k = 0; k < rows; k++) {
      const unit = powerOfTwo(scales[k + lag]);
      for (const { reach, totals, deltas } of sums) {
        if (k < reach[k + lag]) continue;
        const { dNext } = stack;
        addRow(totals, k * n, dNext.data, dNext.offset + k * n, n, unit);
        for (const [l, { delta }] of stack.layers.entries())
          addRow(
            deltas[l],
            k * delta.columns,
            delta.data,
            delta.offset + k * delta.columns,
            delta.columns,
            unit,
          );
      }
    }
  });
  return sums.map(({ totals, deltas }) => {
    stack.arena.kernels.fill(stack.gradients, 0);
    stack.accumulate(0, T, (layer) => {
      const own = deltas[stack.layers.indexOf(layer)];
      layer.delta.rows = T;
      layer.delta.data.set(own, layer.delta.offset);
      return layer.delta;
    });
    const gradient = trace.parameterGradient.slice();
    const { data, offset } = stack.gradients;
    gradient.set(data.subarray(offset, offset + stack.inCells));
    return { gradient, totalGradients: totals };
  });
}

/**
 * ‖ĝ - g‖/‖g‖, cosine and ‖ĝ‖/‖g‖ of truncated gradients ĝ of one parameter against the exact g.
 * @param parameter "0.W_hh" unless given
 * @throws OptionError as `truncatedGradients`, or if no cell has such a parameter
 */
export function truncationBias(tracer: Tracer, cuts: readonly Cut[], parameter = "0.W_hh"): Similarity[] {
  const { slice, size } = cellParameter("truncationBias", tracer, parameter);
  const part = (of: Float64Array): Float64Array => of.subarray(slice.offset, slice.offset + size);
  const exact = part(tracer.trace.parameterGradient);
  return truncatedGradients(tracer, cuts).map(({ gradient }) => similarity(part(gradient), exact));
}

/** By step t (from 0) the first step that its loss reaches; T if it reaches none. */
function reachOf(cut: Cut, T: number): Int32Array {
  const reach = new Int32Array(T).fill(T);
  for (const { from, to, lossFrom } of sweeps(cut, T)) reach.fill(from, lossFrom, to);
  return reach;
}

function sweeps(cut: Cut, T: number): Window[] {
  if (!("chunk" in cut)) return windows(T, cut);
  const { chunk } = cut;
  if (!(Number.isSafeInteger(chunk) && chunk > 0))
    throw new OptionError("truncatedGradients", "chunk", chunk, "a positive integer");
  return Array.from({ length: Math.ceil(T / chunk) }, (_, i) => {
    const from = i * chunk;
    return { from, to: Math.min(from + chunk, T), lossFrom: from };
  });
}

function addRow(
  to: Float64Array,
  at: number,
  from: ArrayLike<number>,
  start: number,
  count: number,
  unit: number,
): void {
  for (let i = 0; i < count; i++) to[at + i] += from[start + i] * unit;
}
