import { type ElementType, OptionError, ValueError, View } from "@unroll/kernels";

/**
 * Weights of a loss at the last step only: 1 in the rows of step T, else 0.
 * @returns T·B×1
 * @throws OptionError if a size is not a positive integer
 */
export function lastStepWeights(steps: number, batch: number, type: ElementType = "float32"): View {
  checkCount("lastStepWeights", "batch", batch);
  const weights = noWeights("lastStepWeights", steps, batch, type);
  weights.data.fill(1, (steps - 1) * batch);
  return weights;
}

/**
 * Weights of sequences that are padded to T steps: 1 while step t is within its sequence, else 0.
 * @param lengths steps of each of the B sequences, 0 … T
 * @returns T·B×1
 * @throws OptionError if T is not a positive integer or there is no length, ValueError for a wrong length
 */
export function lengthWeights(
  lengths: ArrayLike<number>,
  steps: number,
  type: ElementType = "float32",
): View {
  const weights = noWeights("lengthWeights", steps, lengths.length, type);
  for (let b = 0; b < lengths.length; b++) {
    checkLength("lengthWeights", lengths, b, steps);
    for (let t = 0; t < lengths[b]; t++) weights.data[t * lengths.length + b] = 1;
  }
  return weights;
}

/**
 * Weights of a loss at the last step of each padded sequence: 1 at step lengths[b], else 0. A sequence of length 0
 * has no such step.
 * @param lengths steps of each of the B sequences, 0 … T
 * @returns T·B×1
 * @throws OptionError if T is not a positive integer or there is no length, ValueError for a wrong length
 */
export function lastOfLengthWeights(
  lengths: ArrayLike<number>,
  steps: number,
  type: ElementType = "float32",
): View {
  const weights = noWeights("lastOfLengthWeights", steps, lengths.length, type);
  for (let b = 0; b < lengths.length; b++) {
    checkLength("lastOfLengthWeights", lengths, b, steps);
    if (lengths[b] > 0) weights.data[(lengths[b] - 1) * lengths.length + b] = 1;
  }
  return weights;
}

function noWeights(where: string, steps: number, batch: number, type: ElementType): View {
  checkCount(where, "steps", steps);
  if (batch === 0) throw new OptionError(where, "lengths", [], "the length of at least one sequence");
  if (type !== "float32" && type !== "float64") {
    throw new OptionError(where, "type", type, 'one of "float32", "float64"');
  }
  const size = steps * batch;
  return new View(type === "float32" ? new Float32Array(size) : new Float64Array(size), 0, size, 1);
}

function checkCount(where: string, name: string, value: number): void {
  if (!(Number.isSafeInteger(value) && value > 0)) {
    throw new OptionError(where, name, value, "a positive integer");
  }
}

function checkLength(where: string, lengths: ArrayLike<number>, b: number, steps: number): void {
  const length = lengths[b];
  if (!(Number.isInteger(length) && length >= 0 && length <= steps)) {
    throw new ValueError(where, `lengths[${b}]`, length, `an integer from 0 to ${steps}`);
  }
}
