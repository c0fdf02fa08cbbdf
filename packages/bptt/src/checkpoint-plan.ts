import { OptionError } from "@unroll/kernels";
import { advances } from "./schedule.ts";

/**
 * How much of the forward pass is kept for the way back.
 * - "none": everything.
 * - "sqrt": the states at every ⌈√T⌉-th step; each stretch between is run again. About 2√T states, one extra forward.
 * - `{ bytes }`: as much as fits into so many bytes, with the least recomputation.
 */
export type Checkpoint = "none" | "sqrt" | { readonly bytes: number };

/** T steps as segments of `segment` steps (the last one may be shorter), of which at most `slots` starting states are kept. */
export interface CheckpointPlan {
  readonly segment: number;
  readonly slots: number;
  /** Forward steps that the way back runs again, counted each time. */
  readonly recomputedSteps: number;
}

/**
 * @param bytes memory that segments of n steps and so many slots take
 * @throws OptionError if the budget is below the least that is possible, with that figure
 */
export function planCheckpoints(
  T: number,
  checkpoint: Checkpoint,
  bytes: (segment: number, slots: number) => number,
): CheckpointPlan {
  if (checkpoint === "none") return planOf(T, T, 1);
  if (checkpoint === "sqrt") {
    const segment = Math.ceil(Math.sqrt(T));
    return planOf(T, segment, Math.max(1, Math.ceil(T / segment) - 1));
  }
  const budget: unknown = checkpoint.bytes;
  if (typeof budget !== "number" || !(budget > 0)) {
    throw new OptionError("bptt", "checkpoint", checkpoint, '"none", "sqrt" or { bytes: a positive number }');
  }
  let best: CheckpointPlan | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (let segment = 1; segment <= T; segment++) {
    const one = bytes(segment, 1);
    least = Math.min(least, one);
    if (one > budget) continue;
    // A state for every segment but the last is all that is of use; one segment alone needs none.
    const useful = Math.ceil(T / segment) - 1;
    const more = useful > 1 ? Math.floor((budget - one) / (bytes(segment, 2) - one)) : 0;
    const plan = planOf(T, segment, 1 + Math.min(Math.max(useful - 1, 0), more));
    if (!best || plan.recomputedSteps < best.recomputedSteps) best = plan;
  }
  if (!best)
    throw new OptionError("bptt", "checkpoint.bytes", budget, `at least ${least} bytes for ${T} steps`);
  return best;
}

function planOf(T: number, segment: number, slots: number): CheckpointPlan {
  return { segment, slots, recomputedSteps: advances(Math.ceil(T / segment), slots) * segment };
}
