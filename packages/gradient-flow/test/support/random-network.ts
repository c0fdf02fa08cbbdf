import { lyapunovMeter } from "@unroll/gradient-flow";
import { elementary64, type View } from "@unroll/kernels";
import { type Initializer, matrix, type RandomState } from "@unroll/linalg";

export interface NoisyNetwork {
  readonly W: View;
  readonly b?: readonly number[];
  /** Standard deviation of what is added to every pre-activation at every step. */
  readonly noise: number;
  readonly start?: readonly number[];
}

/** W_hh by an initializer. */
export function drawn(size: number, initializer: Initializer, random: RandomState): View {
  const W = matrix(size, size);
  initializer(W, random);
  return W;
}

/** The `count` largest Lyapunov exponents of h_t = tanh(W h_{t-1} + b + s ξ_t), and what `visit` sees of the states. */
export function exponentsOf(
  { W, b, noise, start }: NoisyNetwork,
  random: RandomState,
  { steps, transient, count = 1 }: { steps: number; transient: number; count?: number },
  visit?: (h: Float64Array) => void,
): Float64Array {
  const n = W.rows;
  const meter = lyapunovMeter(n, count);
  let h = Float64Array.from({ length: n }, (_, i) => start?.[i] ?? 0);
  const J = new Float64Array(n * n);
  for (let t = 0; t < transient + steps; t++) {
    if (t === transient) meter.restart();
    const next = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      let z = (b?.[i] ?? 0) + (noise > 0 ? noise * random.normal() : 0);
      for (let j = 0; j < n; j++) z += W.data[W.offset + i * n + j] * h[j];
      next[i] = elementary64.tanh(z);
      for (let j = 0; j < n; j++) J[i * n + j] = (1 - next[i] * next[i]) * W.data[W.offset + i * n + j];
    }
    h = next;
    meter.step(J);
    if (t >= transient) visit?.(h);
  }
  return meter.exponents();
}
