import { identity, relu, sigmoid, tanh } from "@unroll/activations";
import { unroll } from "@unroll/bptt";
import { assertGradients } from "@unroll/gradcheck";
import { View } from "@unroll/kernels";
import { elmanCell } from "@unroll/rnn-cell";
import { expect, test } from "vitest";
import { type Problem, problem, rowsOf, tensorsOf } from "./support/problem.ts";
import { elements, gradientOf, prepared } from "./support/run.ts";

type Matrix = number[][];
const times = (A: Matrix, B: Matrix): Matrix =>
  A.map((row) => B[0].map((_, j) => row.reduce((sum, a, k) => sum + a * B[k][j], 0)));
const transposedTimes = (A: Matrix, x: number[]): number[] =>
  A[0].map((_, j) => A.reduce((sum, row, i) => sum + row[j] * x[i], 0));
const unit = (n: number): Matrix =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)));

/**
 * The textbook form of the gradient, one term for each loss t and each step k ≤ t:
 *
 *     dL/dW_hh = Σ_t Σ_{k≤t} a_{t,k} h_{k-1}ᵀ      a_{t,k} = D_k Φ(t,k)ᵀ e_t      Φ(t,k) = J_t J_{t-1} … J_{k+1}
 *
 * e_t is the local ∂L_t/∂h_t and D_k h_{k-1}ᵀ the immediate derivative ∂⁺h_k/∂W_hh, in which h_{k-1} is held fixed.
 */
function doubleSum(of: Problem, slope: (h: number) => number): Float64Array {
  const { T, B, m, layers, layout, parameters, inputs, initialStates, c, d } = of;
  const [{ n }] = layers;
  const { unrolled } = prepared(of);
  unrolled.forward(rowsOf(of));
  const outputs = elements(unrolled.outputs);
  const W = (name: string): Matrix => {
    const { offset, rows, columns } = layout.slices[`0.${name}`];
    return Array.from({ length: rows }, (_, i) => [
      ...parameters.slice(offset + i * columns, offset + (i + 1) * columns),
    ]);
  };
  const [W_xh, W_hh] = [W("W_xh"), W("W_hh")];
  const gradient = new Float64Array(layout.size + T * B * m + B * n);
  const add = (at: number, term: number): void => {
    gradient[at] += term;
  };

  for (let b = 0; b < B; b++) {
    const h = (t: number): number[] =>
      t === 0
        ? [...initialStates[0].slice(b * n, (b + 1) * n)]
        : outputs.slice(((t - 1) * B + b) * n, ((t - 1) * B + b + 1) * n);
    const D = (t: number): number[] => h(t).map(slope);
    const J = (t: number): Matrix => W_hh.map((row, i) => row.map((w) => D(t)[i] * w));
    for (let t = 1; t <= T; t++) {
      const e = h(t).map(
        (value, i) => value + c[((t - 1) * B + b) * n + i] + (t === T ? d[0][b * n + i] : 0),
      );
      let Phi = unit(n);
      for (let k = t; k >= 1; k--) {
        const flow = transposedTimes(Phi, e);
        const a = flow.map((value, i) => D(k)[i] * value);
        const row = (k - 1) * B + b;
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < m; j++) {
            add(layout.slices["0.W_xh"].offset + i * m + j, a[i] * inputs[row * m + j]);
            add(layout.size + row * m + j, W_xh[i][j] * a[i]);
          }
          for (let j = 0; j < n; j++) add(layout.slices["0.W_hh"].offset + i * n + j, a[i] * h(k - 1)[j]);
          add(layout.slices["0.b_h"].offset + i, a[i]);
        }
        Phi = times(Phi, J(k));
      }
      for (const [i, value] of transposedTimes(Phi, e).entries())
        add(layout.size + T * B * m + b * n + i, value);
    }
  }
  return gradient;
}

test.each([
  [tanh.name, (h: number) => 1 - h * h],
  [sigmoid.name, (h: number) => h * (1 - h)],
  [relu.name, (h: number) => (h > 0 ? 1 : 0)],
  [identity.name, () => 1],
])("%s: one backward sweep is the sum over all pairs of steps", (activation, slope) => {
  for (const T of [1, 2, 7, 12]) {
    const one = problem({ T, activation, sizes: [4], m: 3 });
    assertGradients(gradientOf(one), doubleSum(one, slope), { tensors: tensorsOf(one), tolerance: 1e-12 });
  }
});

test("h_t = w h_{t-1}: dh_3/dw = 3w², and 6w² if early steps are counted again and again", () => {
  const w = 1.25;
  const cell = elmanCell({ inputSize: 1, hiddenSize: 1, activation: identity, bias: false });
  const { unrolled, parameters, gradients, arena } = unroll([cell], { type: "float64", steps: 3, batch: 1 });
  parameters.data[parameters.offset + 1] = w; // W_hh; W_xh stays 0
  const { initialState, dFinalState } = unrolled.layers[0];
  initialState.data[initialState.offset] = 1;
  dFinalState.data[dFinalState.offset] = 1;
  unrolled.forward(new View(new Float64Array(3), 0, 3, 1));
  unrolled.backward((_from, _to, _outputs, dOutputs) => arena.kernels.fill(dOutputs, 0));
  expect(elements(gradients)[1]).toBe(3 * w ** 2);

  // Σ_k ∂h_3/∂h_k · (derivative of h_k by w), h_k = w^k: immediate h_{k-1}, total k w^{k-1}.
  const sum = (derivative: (k: number) => number): number =>
    [1, 2, 3].reduce((total, k) => total + w ** (3 - k) * derivative(k), 0);
  expect(sum((k) => w ** (k - 1))).toBe(3 * w ** 2);
  expect(sum((k) => k * w ** (k - 1))).toBe(6 * w ** 2);
});
