import { View } from "@unroll/kernels";
import { glorotUniform } from "@unroll/linalg";
import { lastStepWeights, meanSquaredError } from "@unroll/losses";
import { rounded } from "../words/numbers.ts";
import { stepNumbers, type Task } from "./task.ts";

/**
 * The adding problem: uniform numbers, one marked in each half; after the last step, the sum of the marked ones. Who
 * always says 1 has a mean squared error of 1/6.
 * Source: Hochreiter, Schmidhuber, "Long Short-Term Memory" (1997).
 */
export const adding: Task = {
  inputs: 2,
  outputs: 1,
  tokens: false,
  loss: meanSquaredError(),
  W_xh: glorotUniform(),
  sequences(T, B, random) {
    const inputs = new Float64Array(T * B * 2);
    const targets = new Float64Array(T * B);
    const half = Math.floor(T / 2);
    for (let b = 0; b < B; b++) {
      const marked = [random.randint(0, half), random.randint(half, T)];
      let sum = 0;
      for (let t = 0; t < T; t++) {
        const row = t * B + b;
        const number = random.random();
        inputs[2 * row] = number;
        if (!marked.includes(t)) continue;
        inputs[2 * row + 1] = 1;
        sum += number;
      }
      targets[(T - 1) * B + b] = sum;
    }
    return {
      steps: T,
      batch: B,
      inputs: new View(inputs, 0, T * B, 2),
      targets: new View(targets, 0, T * B, 1),
      weights: lastStepWeights(T, B, "float64"),
    };
  },
  words({ steps: T, inputs, targets }) {
    const at = (t: number, column: number): number => inputs.data[inputs.offset + 2 * t + column];
    return {
      labels: Array.from(stepNumbers(T), (label, t) => (at(t, 1) === 1 ? `${label}*` : label)),
      input: Array.from({ length: T }, (_, t) => `${rounded(at(t, 0))}${at(t, 1) === 1 ? "*" : ""}`),
      target: Array.from({ length: T }, (_, t) =>
        t === T - 1 ? rounded(targets.data[targets.offset + t]) : "",
      ),
    };
  },
};
