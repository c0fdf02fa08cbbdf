import { isTokens, type Rows, ShapeError, type Tokens, ValueError } from "@unroll/kernels";
import type { UnrollOptions } from "./options.ts";

/**
 * The inputs of a run of T steps of B sequences fit the plan and the cell's input size I.
 * @throws ValueError for T, B, the kind of input or a token out of range; ShapeError for other dimensions
 */
export function checkInputs(
  inputs: Rows,
  steps: number,
  batch: number,
  plan: UnrollOptions,
  I: number,
): void {
  const where = "Unrolled.forward";
  checkCount(where, "steps", steps, plan.steps);
  checkCount(where, "batch", batch, plan.batch);
  const tokens = plan.tokens ?? false;
  if (isTokens(inputs) !== tokens) {
    throw new ValueError(
      where,
      "inputs",
      isTokens(inputs) ? "tokens" : "a matrix",
      tokens ? "tokens" : "a matrix",
    );
  }
  const columns = isTokens(inputs) ? 1 : inputs.columns;
  const expected = tokens ? 1 : I;
  if (inputs.rows !== steps * batch || columns !== expected) {
    throw new ShapeError(where, "inputs", [inputs.rows, columns], [steps * batch, expected]);
  }
  if (isTokens(inputs)) checkTokens(where, inputs, I);
}

/** @throws ValueError unless the value is a whole number from 1 to `most` */
export function checkCount(where: string, name: string, value: number, most: number): void {
  if (!(Number.isSafeInteger(value) && value >= 1 && value <= most)) {
    throw new ValueError(where, name, value, `a whole number from 1 to ${most}`);
  }
}

function checkTokens(where: string, inputs: Tokens, size: number): void {
  for (let r = 0; r < inputs.rows; r++) {
    const token = inputs.data[inputs.offset + r];
    if (token < 0 || token >= size)
      throw new ValueError(where, `token of row ${r}`, token, `0 … ${size - 1}`);
  }
}
