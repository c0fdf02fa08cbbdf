import {
  isTokens,
  NonFiniteError,
  type Rows,
  ShapeError,
  type Tokens,
  ValueError,
  type View,
} from "@unroll/kernels";
import type { Loss } from "./loss.ts";

/**
 * Checks targets and weights at the door, so that `loss.evaluate` need not. Rows of weight 0 may hold anything.
 * @param weights R×1, if there are any
 * @param outputs rows R and columns p of the outputs
 * @throws ValueError if targets are of the other kind, a token is neither −1 nor from 0 to p - 1, a target is
 * outside the loss's range or a weight negative; ShapeError if rows or columns differ; NonFiniteError if a target
 * or weight is NaN or infinite
 */
export function checkTargets(
  loss: Loss,
  targets: Rows,
  weights: View | undefined,
  outputs: { readonly rows: number; readonly columns: number },
): void {
  const { rows, columns } = outputs;
  if (weights) checkWeights(loss.name, weights, rows);
  if (loss.targets === "tokens") {
    if (!isTokens(targets)) throw new ValueError(loss.name, "targets", targets, "Tokens, one integer a row");
    if (targets.rows !== rows) throw new ShapeError(loss.name, "targets", [targets.rows, 1], [rows, 1]);
    checkTokens(loss.name, targets, weights, columns);
  } else {
    if (isTokens(targets))
      throw new ValueError(loss.name, "targets", targets, "a View, one row of numbers a row");
    if (targets.rows !== rows || targets.columns !== columns) {
      throw new ShapeError(loss.name, "targets", [targets.rows, targets.columns], [rows, columns]);
    }
    checkMatrix(loss, targets, weights);
  }
}

function checkWeights(where: string, weights: View, rows: number): void {
  if (weights.rows !== rows || weights.columns !== 1) {
    throw new ShapeError(where, "weights", [weights.rows, weights.columns], [rows, 1]);
  }
  for (let r = 0; r < rows; r++) {
    const weight = weights.data[weights.offset + r * weights.stride];
    if (!Number.isFinite(weight)) throw new NonFiniteError(where, "weight", weight, { row: r });
    if (weight < 0) throw new ValueError(where, `weights[${r}]`, weight, "a number ≥ 0");
  }
}

function checkTokens(where: string, targets: Tokens, weights: View | undefined, vocabulary: number): void {
  for (let r = 0; r < targets.rows; r++) {
    const token = targets.data[targets.offset + r];
    if (token >= -1 && token < vocabulary) continue;
    if (isLeftOut(weights, r)) continue;
    throw new ValueError(
      where,
      `targets[${r}]`,
      token,
      `a token from 0 to ${vocabulary - 1}, or -1 for none`,
    );
  }
}

function checkMatrix(loss: Loss, targets: View, weights: View | undefined): void {
  const low = loss.targetRange ? loss.targetRange[0] : Number.NEGATIVE_INFINITY;
  const high = loss.targetRange ? loss.targetRange[1] : Number.POSITIVE_INFINITY;
  for (let r = 0; r < targets.rows; r++) {
    const row = targets.offset + r * targets.stride;
    for (let c = 0; c < targets.columns; c++) {
      const y = targets.data[row + c];
      if (Number.isFinite(y) && y >= low && y <= high) continue;
      if (isLeftOut(weights, r)) break;
      if (!Number.isFinite(y)) throw new NonFiniteError(loss.name, "target", y, { row: r, column: c });
      throw new ValueError(loss.name, `targets[${r}, ${c}]`, y, `a number from ${low} to ${high}`);
    }
  }
}

function isLeftOut(weights: View | undefined, r: number): boolean {
  return weights !== undefined && weights.data[weights.offset + r * weights.stride] === 0;
}
