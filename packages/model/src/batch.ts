import type { Rows, View } from "@unroll/kernels";

/** Sequences of one length, side by side: row t·B + b of every matrix is step t of sequence b. */
export interface Batch {
  /** T: time steps. */
  readonly steps: number;
  /** B: sequences. */
  readonly batch: number;
  /** T·B rows: tokens, or one row of features a step. */
  readonly inputs: Rows;
  /** T·B rows: tokens (−1: ignored), or one row of values a step. */
  readonly targets: Rows;
  /** T·B×1: the weight of each step's loss; 0 leaves the step out. Without it every step counts once. */
  readonly weights?: View | undefined;
  /** Start from the state the previous batch left, rather than from h_0. */
  readonly carry?: boolean | undefined;
  /** With `carry`: sequences b whose flag is 1 start from h_0 all the same. */
  readonly reset?: Uint8Array | undefined;
}
