import { isTokens, type View } from "@unroll/kernels";
import { layout } from "@unroll/linalg";
import type { Cell } from "@unroll/rnn-cell";

/**
 * A cell of the test's own, in plain loops, with a state twice as wide as what it shows:
 *
 *     m_t = μ m_{t-1} + W_x x_t + U h_{t-1}      h_t = tanh(m_t)      state [h | m], delta dL/dm_t
 */
export function momentumCell(inputSize: number, n: number): Cell {
  const parameters = layout({ W_x: [n, inputSize], U: [n, n], mu: [1, 1] });
  const { W_x, U, mu } = parameters.slices;
  return {
    kind: "momentum",
    inputSize,
    outputSize: n,
    stateSize: 2 * n,
    gateSize: n,
    tapeSize: 0,
    deltaSize: n,
    parameters,
    initialize: (vector, random) => random.fillNormal(vector),
    bind(_arena, vector, gradients) {
      const parameter = (of: { offset: number; columns: number }, i: number, j: number): number =>
        vector.data[vector.offset + of.offset + i * of.columns + j];
      const add = (of: { offset: number; columns: number }, i: number, j: number, term: number): void => {
        gradients.data[gradients.offset + of.offset + i * of.columns + j] += term;
      };
      return {
        prepare() {},
        project(inputs, gates) {
          for (let r = 0; r < gates.rows; r++)
            for (let i = 0; i < n; i++) {
              let z = 0;
              if (isTokens(inputs)) z = parameter(W_x, i, inputs.data[inputs.offset + r]);
              else for (let j = 0; j < inputSize; j++) z += parameter(W_x, i, j) * get(inputs, r, j);
              set(gates, r, i, z);
            }
        },
        step(gates, previous, next) {
          for (let r = 0; r < gates.rows; r++)
            for (let i = 0; i < n; i++) {
              let m = parameter(mu, 0, 0) * get(previous, r, n + i) + get(gates, r, i);
              for (let j = 0; j < n; j++) m += parameter(U, i, j) * get(previous, r, j);
              set(next, r, n + i, m);
              set(next, r, i, Math.tanh(m));
            }
        },
        stepBackward(_tape, _previous, next, dNext, delta, dPrevious) {
          for (let r = 0; r < delta.rows; r++) {
            for (let i = 0; i < n; i++) {
              const h = get(next, r, i);
              set(delta, r, i, get(dNext, r, n + i) + (1 - h * h) * get(dNext, r, i));
              set(dPrevious, r, n + i, parameter(mu, 0, 0) * get(delta, r, i));
            }
            for (let j = 0; j < n; j++) {
              let dh = 0;
              for (let i = 0; i < n; i++) dh += parameter(U, i, j) * get(delta, r, i);
              set(dPrevious, r, j, dh);
            }
          }
        },
        inputGradient(delta, dInputs) {
          for (let r = 0; r < delta.rows; r++)
            for (let j = 0; j < inputSize; j++) {
              let dx = 0;
              for (let i = 0; i < n; i++) dx += parameter(W_x, i, j) * get(delta, r, i);
              set(dInputs, r, j, dx);
            }
        },
        accumulate(inputs, previous, _tape, delta) {
          for (let r = delta.rows - 1; r >= 0; r--)
            for (let i = 0; i < n; i++) {
              const dm = get(delta, r, i);
              if (isTokens(inputs)) add(W_x, i, inputs.data[inputs.offset + r], dm);
              else for (let j = 0; j < inputSize; j++) add(W_x, i, j, dm * get(inputs, r, j));
              for (let j = 0; j < n; j++) add(U, i, j, dm * get(previous, r, j));
              add(mu, 0, 0, dm * get(previous, r, n + i));
            }
        },
      };
    },
  };
}

function get({ data, offset, stride }: View, r: number, c: number): number {
  return data[offset + r * stride + c];
}

function set({ data, offset, stride }: View, r: number, c: number, value: number): void {
  data[offset + r * stride + c] = value;
}
