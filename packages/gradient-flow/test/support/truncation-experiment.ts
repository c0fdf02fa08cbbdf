import { type Cut, Tracer, truncationBias } from "@unroll/gradient-flow";
import { View } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";
import { elmanCell } from "@unroll/rnn-cell";

const [n, T] = [8, 60];

/** Published for this project: median relative error of 100 draws, by gain. */
export const truncationTable: Record<
  string,
  { readonly sliding: readonly number[]; readonly chunked: readonly number[] }
> = {
  0.8: { sliding: [0.5, 0.29, 0.068, 0.012, 0.00039], chunked: [0.39, 0.23, 0.16, 0.089] },
  1.2: { sliding: [0.77, 0.56, 0.27, 0.11, 0.022], chunked: [0.62, 0.44, 0.28, 0.18] },
  1.6: { sliding: [0.87, 0.71, 0.46, 0.33, 0.12], chunked: [0.74, 0.59, 0.45, 0.31] },
};
export const slidingLengths: readonly number[] = [1, 2, 5, 10, 20];
export const chunkLengths: readonly number[] = [2, 5, 10, 20];

/**
 * ‖ĝ - g‖/‖g‖ of truncated gradients of W_hh: medians over random tanh networks z_t = W h_{t-1} + 0.3 ξ_t with Gaussian W of a
 * gain, and the loss Σ_t ½(cᵀh_t)².
 */
export function truncationErrors(gain: number, draws: number): { sliding: number[]; chunked: number[] } {
  const cell = elmanCell({ inputSize: n, hiddenSize: n, bias: false });
  const tracer = new Tracer({ cells: [cell], steps: T });
  const cuts: Cut[] = [
    ...slidingLengths.map((k2) => ({ k1: 1, k2 })),
    ...chunkLengths.map((chunk) => ({ chunk })),
  ];
  const errors = Array.from({ length: draws }, (_, seed) => {
    const random = new RandomState(seed);
    const W = random.randn(n * n).map((x) => (gain * x) / Math.sqrt(n));
    const noise = Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 0.3 : 0));
    const c = random.randn(n);
    tracer.run({
      parameters: new View(Float64Array.of(...noise, ...W), 0, 1, 2 * n * n),
      inputs: new View(random.randn(T * n), 0, T, n),
      objective: (outputs, dOutputs) => {
        for (let t = 0; t < T; t++) {
          let sum = 0;
          for (let i = 0; i < n; i++) sum += c[i] * outputs.data[outputs.offset + t * n + i];
          for (let i = 0; i < n; i++) dOutputs.data[dOutputs.offset + t * n + i] = c[i] * sum;
        }
      },
    });
    return truncationBias(tracer, cuts).map(({ relativeError }) => relativeError);
  });
  const medians = cuts.map((_, i) => median(errors.map((row) => row[i])));
  return { sliding: medians.slice(0, slidingLengths.length), chunked: medians.slice(slidingLengths.length) };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.floor(sorted.length / 2)]) / 2;
}
