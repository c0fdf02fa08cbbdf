import { type Rows, ShapeError, ValueError, type View } from "@unroll/kernels";

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

/**
 * T and B are positive, and every matrix has T·B rows.
 * @throws ValueError, ShapeError
 */
export function checkBatch({ steps, batch, inputs, targets, weights, reset }: Batch): void {
  checkCount("steps", steps);
  checkCount("batch", batch);
  checkRows("inputs", inputs, steps * batch);
  checkRows("targets", targets, steps * batch);
  if (weights) checkRows("weights", weights, steps * batch);
  if (reset && reset.length !== batch) throw new ShapeError("batch", "reset", [reset.length], [batch]);
}

function checkCount(name: string, value: number): void {
  if (!(Number.isSafeInteger(value) && value >= 1))
    throw new ValueError("batch", name, value, "a positive integer");
}

function checkRows(name: string, { rows }: Rows, expected: number): void {
  if (rows !== expected) throw new ShapeError("batch", name, [rows], [expected]);
}
