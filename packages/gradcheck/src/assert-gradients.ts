import { type CompareOptions, compareGradients, type GradientComparison } from "./compare-gradients.ts";

export interface AssertOptions extends CompareOptions {
  /** The largest relative error allowed for a tensor. */
  readonly tolerance: number;
}

/** Two gradients differ by more than the tolerance. The message names the worst entry; `comparison` has the rest. */
export class GradientError extends Error {
  readonly comparison: GradientComparison;

  constructor(comparison: GradientComparison, tolerance: number) {
    const { tensor, row, column, actual, expected } = comparison.worst;
    super(
      `gradients differ: ${tensor}[${row},${column}] is ${actual}, expected ${expected} ` +
        `(relative error of ${tensor} ${comparison.error.toExponential(2)}, tolerance ${tolerance})`,
    );
    this.name = "GradientError";
    this.comparison = comparison;
  }
}

/**
 * Compares as `compareGradients` does and returns the same.
 * @throws GradientError if the error of a tensor is above the tolerance, or NaN or infinity stands anywhere
 */
export function assertGradients(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  options: AssertOptions,
): GradientComparison {
  const { tolerance } = options;
  if (!(tolerance >= 0) || tolerance === Number.POSITIVE_INFINITY)
    throw new RangeError(`assertGradients: tolerance is ${tolerance}, expected a finite number of 0 or more`);
  const comparison = compareGradients(actual, expected, options);
  if (!(comparison.error <= tolerance)) throw new GradientError(comparison, tolerance);
  return comparison;
}
