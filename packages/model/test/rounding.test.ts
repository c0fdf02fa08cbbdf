import { Arena, type KernelKind, View } from "@unroll/kernels";
import { RandomState, slice, uniform } from "@unroll/linalg";
import { meanSquaredError } from "@unroll/losses";
import { type SequenceModel, sequenceModel } from "@unroll/model";
import { elman } from "@unroll/rnn-cell";
import { describe, expect, test } from "vitest";
import {
  type Bounded,
  difference,
  exact,
  mapped,
  product,
  rowsOf,
  stacked,
  sum,
  times,
  transposed,
} from "./support/bounded.ts";

// A training step in float32 against the same step in exact arithmetic: every gradient is within the rounding errors of
// its sums, carried through the network. "fast" kernels keep the same bound; the titles say which they are here.

const [I, H, O, T, B] = [3, 12, 2, 9, 4];
const fast = new Arena("float32", "fast").commit().kernels.kind;
const random = new RandomState(1);
const X = Float32Array.from(random.randn(T * B * I));
const Y = Float32Array.from(random.randn(T * B * O));

/** With rows of W_hh whose absolute sums are below 1, so that errors, and their bound, do not grow from step to step. */
function modelOf(kernels: KernelKind): SequenceModel {
  const cell = elman({ hiddenSize: H, initializers: { W_hh: uniform({ low: -1 / H, high: 1 / H }) } });
  return sequenceModel({ inputs: I, cells: [cell], outputs: O, seed: 1, kernels });
}

/** The gradients of Σ ‖y_t - target_t‖² by name, with their bounds. */
function expectedGradients(model: SequenceModel, x: Float32Array): Record<string, Bounded> {
  const parameter = (name: string): Bounded => {
    const { data, offset, rows, columns } = slice(model.parameters, model.layout, name);
    return exact(rows, columns, data.slice(offset, offset + rows * columns));
  };
  const [W_xh, W_hh, b_h] = ["0.W_xh", "0.W_hh", "0.b_h"].map(parameter);
  const [W_hy, b_y] = ["readout.W_hy", "readout.b_y"].map(parameter);
  const inputs = exact(T * B, I, x);
  const one = exact(B, H, new Float32Array(B * H).fill(1));

  const gates = product(inputs, transposed(W_xh), b_h);
  const states = [exact(B, H, new Float32Array(B * H))];
  for (let t = 0; t < T; t++) {
    const z = product(states[t], transposed(W_hh), rowsOf(gates, t * B, (t + 1) * B));
    states.push(mapped(z, Math.tanh, 1, 2));
  }
  const outputs = product(stacked(states.slice(1)), transposed(W_hy), b_y);
  const dOutputs = mapped(difference(outputs, exact(T * B, O, Y)), (d) => 2 * d, 2, 1);

  const deltas: Bounded[] = [];
  let dState = exact(B, H, new Float32Array(B * H));
  for (let t = T - 1; t >= 0; t--) {
    dState = sum(dState, product(rowsOf(dOutputs, t * B, (t + 1) * B), W_hy));
    const h = states[t + 1];
    deltas[t] = times(dState, difference(one, times(h, h)));
    dState = product(deltas[t], W_hh);
  }
  const delta = stacked(deltas);
  const ones = exact(1, T * B, new Float32Array(T * B).fill(1));
  return {
    "0.W_xh": product(transposed(delta), inputs),
    "0.W_hh": product(transposed(delta), stacked(states.slice(0, T))),
    "0.b_h": product(ones, delta),
    "readout.W_hy": product(transposed(dOutputs), stacked(states.slice(1))),
    "readout.b_y": product(ones, dOutputs),
  };
}

/** The largest error of each gradient, as a share of its bound. */
function shares(kernels: KernelKind, x = X): Record<string, number> {
  const model = modelOf(kernels);
  const batch = { steps: T, batch: B, inputs: new View(X, 0, T * B, I), targets: new View(Y, 0, T * B, O) };
  model.gradient(batch, { loss: meanSquaredError({ features: "sum" }), reduction: "sum" });
  const expected = expectedGradients(model, x);
  return Object.fromEntries(
    Object.entries(expected).map(([name, { value, error }]) => {
      const { data, offset } = slice(model.gradients, model.layout, name);
      return [name, Math.max(...value.map((v, i) => Math.abs(data[offset + i] - v) / error[i]))];
    }),
  );
}

describe("a training step in float32 rounds no more than its sums allow", () => {
  test.each([...new Set<KernelKind>([fast, "simd", "portable"])])("on %s kernels", (kernels) => {
    for (const [name, share] of Object.entries(shares(kernels))) {
      expect(share, name).toBeGreaterThan(1e-4); // the bound is not idle
      expect(share, name).toBeLessThanOrEqual(1);
    }
  });

  test("and inputs that are off by a ten-thousandth are noticed", () => {
    const worst = Math.max(
      ...Object.values(
        shares(
          "portable",
          X.map((x) => 1.0001 * x),
        ),
      ),
    );
    expect(worst).toBeGreaterThan(1);
  });
});
