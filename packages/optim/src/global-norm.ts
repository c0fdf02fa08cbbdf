import type { Kernels, View } from "@unroll/kernels";
import { checkGradients } from "./check-gradients.ts";

/** A float64 sum of squares below this may have lost digits to underflow. */
const SMALLEST_SUM = 1e-280;
/** 2⁵¹² and 2⁻⁵¹²: scaled by one of them, the square of any float64 that counts is in range. */
const UP = 1.3407807929942597e154;
const DOWN = 7.458340731200207e-155;

/**
 * ‖g‖ of all gradients (1×N), from the kernels' float64 sum of squares. Entries of 1e-300 and of 1e300 are measured as well
 * as those of 1; the result is Infinity only if ‖g‖ itself is above 1.8e308.
 * @throws NonFiniteError if a gradient is NaN or infinite
 */
export function globalNorm(kernels: Kernels, gradients: View): number {
  return measure("globalNorm", kernels, gradients);
}

/** `globalNorm` in the name of another function. */
export function measure(where: string, kernels: Kernels, gradients: View): number {
  const sum = kernels.sumOfSquares(gradients);
  const smallest = kernels.type === "float32" ? 0 : SMALLEST_SUM;
  if (sum >= smallest && sum < Number.POSITIVE_INFINITY) return Math.sqrt(sum);
  checkGradients(where, kernels, gradients);
  return sum < smallest ? scaledNorm(gradients, UP) / UP : scaledNorm(gradients, DOWN) / DOWN;
}

/** ‖factor · g‖, for float64 gradients that are far from 1 or all 0. */
function scaledNorm({ data, offset, columns }: View, factor: number): number {
  let sum = 0;
  for (let i = 0; i < columns; i++) {
    const value = factor * data[offset + i];
    sum += value * value;
  }
  return Math.sqrt(sum);
}
