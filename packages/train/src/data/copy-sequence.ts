import { isTokens, type Rows, type View } from "@unroll/kernels";
import type { BatchBuffer } from "./dataset.ts";

/**
 * Sequence b of the buffer ← one sequence, then padding. There is a target for each step, of this weight; or one alone
 * for the last step, and with the weight `earlier` for those before.
 */
export function copySequence(
  buffer: BatchBuffer,
  b: number,
  inputs: Rows,
  targets: Rows,
  weight: number,
  earlier: number,
): void {
  const weights = (buffer.weights as View).data;
  const length = inputs.rows;
  const firstScored = length - targets.rows;
  for (let t = 0; t < buffer.steps; t++) {
    const row = t * buffer.batch + b;
    const own = t < firstScored ? earlier : weight;
    const counts = t < length && own > 0;
    const target = counts ? Math.max(0, t - firstScored) : -1;
    copyRow(buffer.inputs, row, inputs, t < length ? t : -1, 0);
    copyRow(buffer.targets, row, targets, target, -1);
    weights[row] = counts && !isIgnored(targets, target) ? own : 0;
  }
}

/** A token −1 aims at nothing. */
function isIgnored(targets: Rows, row: number): boolean {
  return isTokens(targets) && (targets.data[targets.offset + row] as number) < 0;
}

/** Row `row` of Y ← row `from` of X; for `from` −1 the padding: a token, or zeros. */
function copyRow(Y: Rows, row: number, X: Rows, from: number, padding: number): void {
  if (isTokens(Y) || isTokens(X)) {
    Y.data[row] = from < 0 ? padding : (X.data[X.offset + from] as number);
    return;
  }
  for (let c = 0; c < Y.columns; c++)
    Y.data[row * Y.columns + c] = from < 0 ? 0 : (X.data[X.offset + from * X.stride + c] as number);
}
