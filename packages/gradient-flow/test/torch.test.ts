import { readFileSync } from "node:fs";
import { relu, tanh } from "@unroll/activations";
import { compareGradients } from "@unroll/gradcheck";
import {
  carriedGradients,
  gradientByLag,
  gradientByStep,
  productNorms,
  singularSpectrum,
  Tracer,
  temporalContributions,
} from "@unroll/gradient-flow";
import { View } from "@unroll/kernels";
import { frobeniusNorm, fromRows, multiply, singularValues } from "@unroll/linalg";
import { elmanCell, linearReadout } from "@unroll/rnn-cell";
import { describe, expect, test } from "vitest";

type Matrix = number[][];
interface Case {
  readonly nonlinearity: "tanh" | "relu";
  readonly sizes: { readonly T: number; readonly m: number; readonly n: number; readonly p: number };
  readonly parameters: number[];
  readonly x: number[];
  readonly h0: number[];
  readonly c: number[];
  readonly states: number[];
  /** [t - 1][k] is ∂h_t/∂h_k, k = 0 … t - 1. */
  readonly products: Matrix[][];
  /** [t - 1][k - 1] is the term (t,k) of dL/dW_hh. */
  readonly terms: Matrix[][];
}

const file = new URL("fixtures/torch-jacobians.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: Case[] };

describe.each(cases)("PyTorch, $nonlinearity", ({ nonlinearity, sizes: { T, m, n, p }, ...values }) => {
  const cell = elmanCell({ inputSize: m, hiddenSize: n, activation: nonlinearity === "tanh" ? tanh : relu });
  const tracer = new Tracer({
    cells: [cell],
    readout: linearReadout({ inputSize: n, outputSize: p }),
    steps: T,
  });
  const trace = tracer.run({
    parameters: new View(Float64Array.from(values.parameters), 0, 1, values.parameters.length),
    inputs: new View(Float64Array.from(values.x), 0, T, m),
    initialState: values.h0,
    objective: (outputs, dOutputs) => {
      for (let i = 0; i < T * p; i++)
        dOutputs.data[dOutputs.offset + i] = outputs.data[outputs.offset + i] + values.c[i];
    },
  });

  test("states, and all ∂h_t/∂h_k", () => {
    expect(compareGradients(trace.states, values.states).error).toBeLessThan(1e-14);
    const J = (t: number): View => new View(trace.jacobians, (t - 1) * n * n, n, n);
    const { logSpectral, logFrobenius } = productNorms(trace);
    for (let t = 1; t <= T; t++)
      for (let k = 0; k < t; k++) {
        const expected = fromRows(values.products[t - 1][k]);
        let Phi = J(k + 1);
        for (let step = k + 2; step <= t; step++) Phi = multiply(J(step), Phi);
        expect(
          compareGradients(Phi.data.slice(Phi.offset, Phi.offset + n * n), expected.data).error,
        ).toBeLessThan(1e-12);
        const [largest, ...rest] = singularValues(expected);
        const spectrum = singularSpectrum(trace, t, k);
        expect(Math.exp(spectrum[0]) / largest).toBeCloseTo(1, 11);
        for (const [i, s] of rest.entries())
          expect(Math.abs(Math.exp(spectrum[i + 1]) - s)).toBeLessThan(1e-13 * largest);
        if (k === 0) continue;
        const at = (t - 1) * T + k - 1;
        expect(Math.exp(logSpectral[at]) / largest).toBeCloseTo(1, 10);
        expect(Math.exp(logFrobenius[at]) / frobeniusNorm(expected)).toBeCloseTo(1, 12);
      }
  });

  test("every term of dL/dW_hh: norms, shares, sums by lag and by step", () => {
    const { logNorms, shares } = temporalContributions(tracer);
    const total = Array.from({ length: n * n }, (_, i) =>
      values.terms.flat().reduce((sum, term) => sum + term.flat()[i], 0),
    );
    const squares = total.reduce((sum, x) => sum + x * x, 0);
    const byLag = new Float64Array(T * n * n);
    const byStep = new Float64Array(T * n * n);
    for (let t = 1; t <= T; t++)
      for (let k = 1; k <= t; k++) {
        const term = values.terms[t - 1][k - 1].flat();
        const at = (t - 1) * T + k - 1;
        expect(Math.exp(logNorms[at])).toBeCloseTo(Math.hypot(...term), 11);
        expect(shares[at]).toBeCloseTo(term.reduce((sum, x, i) => sum + x * total[i], 0) / squares, 12);
        for (const [i, x] of term.entries()) {
          byLag[(t - k) * n * n + i] += x;
          byStep[(k - 1) * n * n + i] += x;
        }
      }
    expect(compareGradients(gradientByLag(tracer), byLag).error).toBeLessThan(1e-12);
    expect(compareGradients(gradientByStep(tracer), byStep).error).toBeLessThan(1e-12);
    const { offset } = trace.layout.slices["0.W_hh"];
    expect(compareGradients(trace.parameterGradient.slice(offset, offset + n * n), total).error).toBeLessThan(
      1e-12,
    );
  });

  test("loss gradients carried back", () => {
    const logs = carriedGradients(trace);
    for (let t = 2; t <= T; t++)
      for (let k = 1; k < t; k++) {
        const e = trace.localGradients.slice((t - 1) * n, t * n);
        const Phi = values.products[t - 1][k];
        const carried = Phi[0].map((_, j) => e.reduce((sum, x, i) => sum + x * Phi[i][j], 0));
        expect(Math.exp(logs[(t - 1) * T + k - 1])).toBeCloseTo(Math.hypot(...carried), 11);
      }
  });
});
