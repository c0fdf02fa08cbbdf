import { ShapeError, ValueError } from "@unroll/kernels";

/** The Jacobians of T steps of one sequence: what most measures need, and nothing else. A `Trace` has them. */
export interface Jacobians {
  /** T. */
  readonly steps: number;
  /** n: columns of the state; in a stack, of all layers together. */
  readonly stateSize: number;
  /** T·n×n, row-major: block t - 1 is J_t = ∂h_t/∂h_{t-1}. */
  readonly jacobians: Float64Array;
}

/** @throws ValueError if a size is not a positive integer, ShapeError if the numbers are not T·n·n */
export function checkJacobians(where: string, { steps, stateSize, jacobians }: Jacobians): void {
  checkCount(where, "steps", steps, Number.MAX_SAFE_INTEGER);
  checkCount(where, "stateSize", stateSize, Number.MAX_SAFE_INTEGER);
  const size = steps * stateSize * stateSize;
  if (jacobians.length !== size) throw new ShapeError(where, "jacobians", [jacobians.length], [size]);
}

/** @throws ValueError unless the value is a whole number from `least` to `most` */
export function checkCount(where: string, name: string, value: number, most: number, least = 1): void {
  if (!(Number.isSafeInteger(value) && value >= least && value <= most)) {
    const expected =
      most === Number.MAX_SAFE_INTEGER
        ? `a whole number from ${least} on`
        : `a whole number from ${least} to ${most}`;
    throw new ValueError(where, name, value, expected);
  }
}
