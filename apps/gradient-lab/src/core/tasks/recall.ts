import { View } from "@unroll/kernels";
import { constant, identity } from "@unroll/linalg";
import { meanSquaredError } from "@unroll/losses";
import { rounded } from "../words/numbers.ts";
import { stepNumbers, type Task } from "./task.ts";

/**
 * Noise: x_t = s ξ_t, ξ_t standard normal, n numbers which W_xh = I gives to one unit each. To be said at every step:
 * ξ_1 of the first unit, what was whispered in the beginning.
 */
export function noise(n: number, s: number): Task {
  return {
    inputs: n,
    outputs: 1,
    tokens: false,
    loss: meanSquaredError(),
    W_xh: identity(),
    sequences(T, B, random) {
      const inputs = new Float64Array(T * B * n);
      const targets = new Float64Array(T * B);
      for (let b = 0; b < B; b++) {
        let whispered = 0;
        for (let t = 0; t < T; t++) {
          for (let i = 0; i < n; i++) {
            const ξ = random.normal();
            if (t === 0 && i === 0) whispered = ξ;
            inputs[(t * B + b) * n + i] = s * ξ;
          }
          targets[t * B + b] = whispered;
        }
      }
      return {
        steps: T,
        batch: B,
        inputs: new View(inputs, 0, T * B, n),
        targets: new View(targets, 0, T * B, 1),
      };
    },
    words({ steps: T, inputs, targets }) {
      const first = (t: number): string => rounded(inputs.data[inputs.offset + t * n]);
      return {
        labels: stepNumbers(T),
        input: Array.from({ length: T }, (_, t) => first(t)),
        target: Array.from({ length: T }, (_, t) => rounded(targets.data[targets.offset + t])),
      };
    },
  };
}

/** Constant: every unit gets the same u at every step, or -u; to be said at every step: its sign. The lab shows +u. */
export function steady(u: number): Task {
  const of = (T: number, B: number, sign: () => number): ReturnType<Task["sequences"]> => {
    const signs = Float64Array.from({ length: B }, sign);
    const inputs = Float64Array.from({ length: T * B }, (_, row) => u * signs[row % B]);
    const targets = Float64Array.from({ length: T * B }, (_, row) => signs[row % B]);
    return {
      steps: T,
      batch: B,
      inputs: new View(inputs, 0, T * B, 1),
      targets: new View(targets, 0, T * B, 1),
    };
  };
  return {
    inputs: 1,
    outputs: 1,
    tokens: false,
    loss: meanSquaredError(),
    W_xh: constant(1),
    sequences: (T, B, random) => of(T, B, () => (random.random() < 0.5 ? 1 : -1)),
    shown: (T) => of(T, 1, () => 1),
    words: ({ steps: T }) => ({
      labels: stepNumbers(T),
      input: Array.from({ length: T }, () => rounded(u)),
      target: Array.from({ length: T }, () => "1"),
    }),
  };
}
