import type { Checkpoint, Truncation } from "@unroll/bptt";
import { isTokens, type Rows } from "@unroll/kernels";
import type { Optimizer } from "@unroll/optim";

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
  /** Whose state lies beside the parameters; as it is unless given. */
  readonly optimizer?: Optimizer | undefined;
  /** Threads besides this one that work for the model: see `TeamMember`. As it is unless given. */
  readonly threads?: number | undefined;
  /** The thread, there being one, has memory of its own; otherwise all share that of the model. */
  readonly apart?: boolean | undefined;
}

/** True if memory made for a plan serves batches of that kind and size as it is. */
export function holds(
  plan: Plan,
  steps: number,
  batch: number,
  inputs: Rows,
  targets: Rows | undefined,
): boolean {
  return (
    plan.steps >= steps &&
    plan.batch >= batch &&
    plan.tokenInputs === isTokens(inputs) &&
    (targets === undefined || plan.tokenTargets === isTokens(targets))
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
    (want.optimizer === undefined || have.optimizer === want.optimizer) &&
    (want.threads === undefined ||
      ((have.threads ?? 0) === want.threads && (have.apart ?? false) === (want.apart ?? false)))
  );
}

function sameCheckpoint(a: Checkpoint = "none", b: Checkpoint = "none"): boolean {
  return typeof a === "string" || typeof b === "string" ? a === b : a.bytes === b.bytes;
}

/** The plan that serves both, for memory that is made anew. Where they exclude each other, the wanted one counts. */
export function grow(have: Plan, want: Plan): Plan {
  return {
    ...want,
    steps: Math.max(have.steps, want.steps),
    batch: Math.max(have.batch, want.batch),
    optimizer: want.optimizer ?? have.optimizer,
    threads: want.threads ?? have.threads,
    apart: want.threads === undefined ? have.apart : want.apart,
  };
}
