import { type UnrollOptions, unroll } from "@unroll/bptt";
import { add, assertGradients, type Complex, complex, complexStep, multiply, tanh } from "@unroll/gradcheck";
import { isTokens, type View } from "@unroll/kernels";
import { layout, RandomState } from "@unroll/linalg";
import { type Cell, elmanCell } from "@unroll/rnn-cell";
import { laws } from "@unroll/rnn-cell/laws";
import { describe, expect, test } from "vitest";
import { elements, matrix } from "./support/run.ts";

const m = 2;
const n = 3;
const parameters = layout({ W_x: [n, m], b: [1, n], u: [1, n], v: [1, n] });

const at = (view: View, r: number, c: number): number => view.offset + r * view.stride + c;
const get = (view: View, r: number, c: number): number => view.data[at(view, r, c)];

/**
 * A cell that looks two steps back, in plain loops; nothing of it is known to the package.
 *
 *     z_t = W_x x_t + b      s_t = tanh(u ⊙ h_{t-1} + v ⊙ h_{t-2})      h_t = z_t ⊙ s_t
 *
 * The state is [h_t | h_{t-1}], of which h_t shows; gates z; tape [z | s]; deltas [dL/dz | dL/d(argument of tanh)].
 */
const twoStepCell: Cell = {
  kind: "two-step",
  inputSize: m,
  outputSize: n,
  stateSize: 2 * n,
  gateSize: n,
  tapeSize: 2 * n,
  deltaSize: 2 * n,
  parameters,
  initialize: (vector, random) => random.fillNormal(vector),
  bind(_arena, vector, gradients) {
    const W = (i: number, j: number): number => get(vector, 0, i * m + j);
    const parameter = (name: "b" | "u" | "v", i: number): number =>
      get(vector, 0, parameters.slices[name].offset + i);
    const addTo = (name: string, i: number, term: number): void => {
      gradients.data[at(gradients, 0, parameters.slices[name].offset + i)] += term;
    };
    return {
      prepare() {},
      project(inputs, gates) {
        for (let r = 0; r < gates.rows; r++) {
          for (let i = 0; i < n; i++) {
            let z = parameter("b", i);
            if (isTokens(inputs)) z += W(i, inputs.data[inputs.offset + r]);
            else for (let j = 0; j < m; j++) z += W(i, j) * get(inputs, r, j);
            gates.data[at(gates, r, i)] = z;
          }
        }
      },
      step(gates, previous, next, tape) {
        for (let r = 0; r < gates.rows; r++) {
          for (let i = 0; i < n; i++) {
            const h = get(previous, r, i);
            const s = Math.tanh(parameter("u", i) * h + parameter("v", i) * get(previous, r, n + i));
            tape.data[at(tape, r, i)] = get(gates, r, i);
            tape.data[at(tape, r, n + i)] = s;
            next.data[at(next, r, i)] = get(gates, r, i) * s;
            next.data[at(next, r, n + i)] = h;
          }
        }
      },
      stepBackward(tape, _previous, _next, dNext, delta, dPrevious) {
        for (let r = 0; r < delta.rows; r++) {
          for (let i = 0; i < n; i++) {
            const [z, s, dh] = [get(tape, r, i), get(tape, r, n + i), get(dNext, r, i)];
            const dArgument = dh * z * (1 - s * s);
            delta.data[at(delta, r, i)] = dh * s;
            delta.data[at(delta, r, n + i)] = dArgument;
            dPrevious.data[at(dPrevious, r, i)] = parameter("u", i) * dArgument + get(dNext, r, n + i);
            dPrevious.data[at(dPrevious, r, n + i)] = parameter("v", i) * dArgument;
          }
        }
      },
      inputGradient(delta, dInputs) {
        for (let r = 0; r < delta.rows; r++) {
          for (let j = 0; j < m; j++) {
            let dx = 0;
            for (let i = 0; i < n; i++) dx += W(i, j) * get(delta, r, i);
            dInputs.data[at(dInputs, r, j)] = dx;
          }
        }
      },
      accumulate(inputs, previous, _tape, delta) {
        for (let r = delta.rows - 1; r >= 0; r--) {
          for (let i = 0; i < n; i++) {
            const [dz, dArgument] = [get(delta, r, i), get(delta, r, n + i)];
            if (isTokens(inputs)) addTo("W_x", i * m + inputs.data[inputs.offset + r], dz);
            else for (let j = 0; j < m; j++) addTo("W_x", i * m + j, dz * get(inputs, r, j));
            addTo("b", i, dz);
            addTo("u", i, dArgument * get(previous, r, i));
            addTo("v", i, dArgument * get(previous, r, n + i));
          }
        }
      },
    };
  },
};

test.each(laws)("it keeps the law $name", (law) => {
  for (const type of ["float64", "float32"] as const) law.run(twoStepCell, { type });
});

/** L = Σ ½‖h_t‖² + Σ of the last state, one sequence, in complex numbers. */
function lossOf(x: readonly Complex[], T: number): Complex {
  const W = x.slice(0, parameters.size);
  const inputs = x.slice(parameters.size, parameters.size + T * m);
  const value = (name: string, i: number): Complex => W[parameters.slices[name].offset + i];
  const states = x.slice(parameters.size + T * m);
  let [h, before] = [states.slice(0, n), states.slice(n)];
  let loss = complex(0);
  for (let t = 0; t < T; t++) {
    const next = h.map((_, i) => {
      let z = value("b", i);
      for (let j = 0; j < m; j++) z = add(z, multiply(value("W_x", i * m + j), inputs[t * m + j]));
      return multiply(z, tanh(add(multiply(value("u", i), h[i]), multiply(value("v", i), before[i]))));
    });
    [h, before] = [next, h];
    for (const one of h) loss = add(loss, multiply(0.5, multiply(one, one)));
  }
  return [...h, ...before].reduce(add, loss);
}

test("its gradients agree with complex steps", () => {
  const T = 7;
  const x = new RandomState(2).randn(parameters.size + T * m + 2 * n);
  const { unrolled, ...stack } = unroll([twoStepCell], {
    type: "float64",
    steps: T,
    batch: 1,
    inputGradient: true,
  });
  const [{ initialState, dInitialState, dFinalState }] = unrolled.layers;
  stack.parameters.data.set(x.subarray(0, parameters.size), stack.parameters.offset);
  initialState.data.set(x.subarray(-2 * n), initialState.offset);
  stack.arena.kernels.fill(dFinalState, 1);
  unrolled.forward(matrix(T, x.slice(parameters.size, parameters.size + T * m)));
  unrolled.backward((_from, _to, outputs, dOutputs) => stack.arena.kernels.copy(dOutputs, outputs));
  const dInputs = unrolled.dInputs ? elements(unrolled.dInputs.range(0, T)) : [];
  const actual = [...elements(stack.gradients), ...dInputs, ...elements(dInitialState)];
  assertGradients(
    actual,
    complexStep((z) => lossOf(z, T), x),
    { tensors: parameters.slices, tolerance: 1e-12 },
  );
});

describe("it trains through bptt", () => {
  const [T, B] = [10, 4];
  const inputs = matrix(T * B, new RandomState(4).randn(T * B * m));
  const above = elmanCell({ inputSize: n, hiddenSize: 2 });

  /** Steps of plain gradient descent towards the outputs of a teacher; the losses along the way. */
  function train(
    cells: readonly Cell[],
    options: Partial<UnrollOptions>,
  ): { losses: number[]; parameters: number[] } {
    const {
      arena,
      unrolled,
      layout: whole,
      ...stack
    } = unroll(cells, { type: "float64", steps: T, batch: B, ...options });
    const teacher = unroll(cells, { type: "float64", steps: T, batch: B });
    for (const [one, seed] of [
      [stack, 5],
      [teacher, 6],
    ] as const)
      one.parameters.data.set(
        new RandomState(seed).randn(whole.size).map((w) => w / 2),
        one.parameters.offset,
      );
    for (const { initialState } of [...unrolled.layers, ...teacher.unrolled.layers])
      initialState.data.fill(0.5, initialState.offset, initialState.offset + initialState.size);
    teacher.unrolled.forward(inputs);
    const targets = elements(teacher.unrolled.outputs);
    const losses: number[] = [];
    for (let i = 0; i < 400; i++) {
      let loss = 0;
      arena.kernels.fill(stack.gradients, 0);
      unrolled.forward(inputs);
      unrolled.backward((from, _to, outputs, dOutputs) => {
        for (const [k, output] of elements(outputs).entries()) {
          const difference = output - targets[from * B * outputs.columns + k];
          dOutputs.data[dOutputs.offset + k] = difference / B;
          loss += difference ** 2 / (2 * B);
        }
      });
      losses.push(loss);
      for (let k = 0; k < whole.size; k++)
        stack.parameters.data[stack.parameters.offset + k] -=
          0.05 * stack.gradients.data[stack.gradients.offset + k];
    }
    return { losses, parameters: elements(stack.parameters) };
  }

  const falls = ({ losses }: { losses: number[] }): void =>
    expect(losses[399] / losses[0]).toBeLessThan(0.05);

  test("in full", () => falls(train([twoStepCell], {})));

  test("truncated", () => falls(train([twoStepCell], { truncation: { k1: 2, k2: 3 } })));

  test("in a stack with a cell of the package", () => falls(train([twoStepCell, above], {})));

  test("with checkpoints, to the same bits", () => {
    for (const cells of [[twoStepCell], [twoStepCell, above]])
      expect(train(cells, { checkpoint: "sqrt" }).parameters).toEqual(train(cells, {}).parameters);
  });
});
