import { isTokens, type Rows, ShapeError, ValueError, type View } from "@unroll/kernels";

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
  /** Start from the states the previous batch left, rather than from h_0 = 0. */
  readonly carry?: boolean | undefined;
  /** With `carry`: sequences b whose flag is 1 start from h_0 all the same. */
  readonly reset?: Uint8Array | undefined;
}

/**
 * T and B are positive, every matrix has T·B rows and lies within its data, and the inputs are rows of I columns or
 * tokens below I. Columns of targets and weights depend on the loss: see `checkTargets` of @unroll/losses.
 * @throws ValueError, ShapeError
 */
export function checkBatch({ steps, batch, inputs, targets, weights, reset }: Batch, I: number): void {
  checkInputs("batch", inputs, steps, batch, I);
  checkRows("batch", "targets", targets, steps * batch, isTokens(targets) ? 1 : targets.columns);
  if (weights) checkRows("batch", "weights", weights, steps * batch, 1);
  if (reset && reset.length !== batch) throw new ShapeError("batch", "reset", [reset.length], [batch]);
}

/** The part of `checkBatch` that is about inputs. @throws ValueError, ShapeError */
export function checkInputs(where: string, inputs: Rows, steps: number, batch: number, I: number): void {
  checkCount(where, "steps", steps);
  checkCount(where, "batch", batch);
  checkRows(where, "inputs", inputs, steps * batch, isTokens(inputs) ? 1 : I);
  if (!isTokens(inputs)) return;
  for (let r = 0; r < inputs.rows; r++) {
    const token = inputs.data[inputs.offset + r];
    if (token < 0 || token >= I)
      throw new ValueError(where, `input token of row ${r}`, token, `0 … ${I - 1}`);
  }
}

function checkCount(where: string, name: string, value: number): void {
  if (!(Number.isSafeInteger(value) && value >= 1))
    throw new ValueError(where, name, value, "a positive integer");
}

function checkRows(where: string, name: string, matrix: Rows, rows: number, columns: number): void {
  const found = isTokens(matrix) ? 1 : matrix.columns;
  if (matrix.rows !== rows || found !== columns)
    throw new ShapeError(where, name, [matrix.rows, found], [rows, columns]);
  const needed = matrix.offset + (rows - 1) * (isTokens(matrix) ? 1 : matrix.stride) + columns;
  if (matrix.data.length < needed)
    throw new ValueError(where, `length of the data of ${name}`, matrix.data.length, `at least ${needed}`);
}
