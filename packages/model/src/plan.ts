import type { Checkpoint, Truncation } from "@unroll/bptt";
import { isTokens } from "@unroll/kernels";
import type { Optimizer } from "@unroll/optim";
import type { Batch } from "./batch.ts";

/** What a model must have memory for. */
export interface Plan {
  /** The most time steps and sequences of a batch. */
  readonly steps: number;
  readonly batch: number;
  /** Inputs and targets: tokens or matrices. */
  readonly tokenInputs: boolean;
  readonly tokenTargets: boolean;
  readonly truncation?: Truncation | undefined;
  readonly checkpoint?: Checkpoint | undefined;
  /** Whose state lies beside the parameters. */
  readonly optimizer?: Optimizer | undefined;
}

/** True if memory made for a plan serves a batch as it is. */
export function holds(plan: Plan, { steps, batch, inputs, targets }: Batch): boolean {
  return (
    plan.steps >= steps &&
    plan.batch >= batch &&
    plan.tokenInputs === isTokens(inputs) &&
    plan.tokenTargets === isTokens(targets)
  );
}

/** True if memory made for `have` serves `want` as it is. */
export function covers(have: Plan, want: Plan): boolean {
  return (
    have.steps >= want.steps &&
    have.batch >= want.batch &&
    have.tokenInputs === want.tokenInputs &&
    have.tokenTargets === want.tokenTargets &&
    have.truncation?.k1 === want.truncation?.k1 &&
    have.truncation?.k2 === want.truncation?.k2 &&
    sameCheckpoint(have.checkpoint, want.checkpoint) &&
    have.optimizer === want.optimizer
  );
}

function sameCheckpoint(a: Checkpoint = "none", b: Checkpoint = "none"): boolean {
  return typeof a === "string" || typeof b === "string" ? a === b : a.bytes === b.bytes;
}

/** The plan that serves both, for memory that is made anew. Where they exclude each other, the wanted one counts. */
export function grow(have: Plan, want: Plan): Plan {
  return { ...want, steps: Math.max(have.steps, want.steps), batch: Math.max(have.batch, want.batch) };
}
