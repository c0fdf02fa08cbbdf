import { type Arena, isTokens, type Rows, type View } from "@unroll/kernels";
import { type Layout, layout } from "@unroll/linalg";
import type { BoundCell, Cell } from "@unroll/rnn-cell";

/**
 * A cell of the test's own, in plain loops: its state is wider than what it shows, its gates narrower than its deltas,
 * and inputs and state meet in a product.
 *
 *     z_t = W_x x_t + b      u_t = W_h h_{t-1} + 1      c_t = λ ⊙ c_{t-1} + z_t ⊙ u_t      h_t = c_t / √(1 + c_t²)
 *
 * The state is [h | c], the gates are z, the tape is [z | u], the deltas are [dz | du | dc].
 */
export function leakyCell(inputSize: number, n: number): Cell {
  const parameters = layout({ W_x: [n, inputSize], b: [1, n], W_h: [n, n], lambda: [1, n] });
  return {
    kind: "leaky",
    inputSize,
    outputSize: n,
    stateSize: 2 * n,
    gateSize: n,
    tapeSize: 2 * n,
    deltaSize: 3 * n,
    parameters,
    initialize: (vector, random) => random.fillUniform(vector, -0.6, 0.6),
    bind: (_arena: Arena, vector, gradients) => bindLeaky(n, parameters, vector, gradients),
  };
}

const index = (view: View, r: number, c: number): number => view.offset + r * view.stride + c;
const get = (view: View, r: number, c: number): number => view.data[index(view, r, c)];

function bindLeaky(n: number, { slices }: Layout, vector: View, gradients: View): BoundCell {
  const at = (name: string, i: number, j: number): number =>
    slices[name].offset + i * slices[name].columns + j;
  const parameter = (name: string, i: number, j: number): number =>
    vector.data[vector.offset + at(name, i, j)];
  const addGradient = (name: string, i: number, j: number, term: number): void => {
    gradients.data[gradients.offset + at(name, i, j)] += term;
  };

  return {
    prepare() {},

    project(inputs: Rows, gates) {
      for (let r = 0; r < gates.rows; r++) {
        for (let i = 0; i < n; i++) {
          let z = parameter("b", 0, i);
          if (isTokens(inputs)) z += parameter("W_x", i, inputs.data[inputs.offset + r]);
          else for (let j = 0; j < inputs.columns; j++) z += parameter("W_x", i, j) * get(inputs, r, j);
          gates.data[index(gates, r, i)] = z;
        }
      }
    },

    step(gates, previous, next, tape) {
      for (let r = 0; r < gates.rows; r++) {
        for (let i = 0; i < n; i++) {
          let u = 1;
          for (let j = 0; j < n; j++) u += parameter("W_h", i, j) * get(previous, r, j);
          const z = get(gates, r, i);
          const c = parameter("lambda", 0, i) * get(previous, r, n + i) + z * u;
          tape.data[index(tape, r, i)] = z;
          tape.data[index(tape, r, n + i)] = u;
          next.data[index(next, r, i)] = c / Math.sqrt(1 + c * c);
          next.data[index(next, r, n + i)] = c;
        }
      }
    },

    stepBackward(tape, _previous, next, dNext, delta, dPrevious) {
      for (let r = 0; r < delta.rows; r++) {
        for (let i = 0; i < n; i++) {
          const c = get(next, r, n + i);
          const dc = get(dNext, r, n + i) + get(dNext, r, i) / ((1 + c * c) * Math.sqrt(1 + c * c));
          delta.data[index(delta, r, i)] = dc * get(tape, r, n + i);
          delta.data[index(delta, r, n + i)] = dc * get(tape, r, i);
          delta.data[index(delta, r, 2 * n + i)] = dc;
          dPrevious.data[index(dPrevious, r, n + i)] = parameter("lambda", 0, i) * dc;
        }
        for (let j = 0; j < n; j++) {
          let dh = 0;
          for (let i = 0; i < n; i++) dh += parameter("W_h", i, j) * get(delta, r, n + i);
          dPrevious.data[index(dPrevious, r, j)] = dh;
        }
      }
    },

    inputGradient(delta, dInputs) {
      for (let r = 0; r < delta.rows; r++) {
        for (let j = 0; j < dInputs.columns; j++) {
          let dx = 0;
          for (let i = 0; i < n; i++) dx += parameter("W_x", i, j) * get(delta, r, i);
          dInputs.data[index(dInputs, r, j)] = dx;
        }
      }
    },

    accumulate(inputs, previous, _tape, delta) {
      for (let r = delta.rows - 1; r >= 0; r--) {
        for (let i = 0; i < n; i++) {
          const [dz, du, dc] = [0, n, 2 * n].map((from) => get(delta, r, from + i));
          if (isTokens(inputs)) addGradient("W_x", i, inputs.data[inputs.offset + r], dz);
          else for (let j = 0; j < inputs.columns; j++) addGradient("W_x", i, j, dz * get(inputs, r, j));
          for (let j = 0; j < n; j++) addGradient("W_h", i, j, du * get(previous, r, j));
          addGradient("b", 0, i, dz);
          addGradient("lambda", 0, i, dc * get(previous, r, n + i));
        }
      }
    },
  };
}
