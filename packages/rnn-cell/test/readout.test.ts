import { type Activation, activationNamed, activationNames, identity, silu } from "@unroll/activations";
import { assertGradients, centralDifference } from "@unroll/gradcheck";
import { Arena, type ElementType, type View } from "@unroll/kernels";
import { constant, RandomState } from "@unroll/linalg";
import { linearReadout, type ReadoutOptions } from "@unroll/rnn-cell";
import { describe, expect, test } from "vitest";

const [ROWS, n, p] = [4, 3, 5];
const elements = ({ data, offset, size }: View): number[] => Array.from(data.slice(offset, offset + size));

/** A readout at work on random numbers. */
function bench(options: Partial<ReadoutOptions>, type: ElementType = "float64") {
  const readout = linearReadout({ inputSize: n, outputSize: p, ...options });
  const arena = new Arena(type);
  const vector = (): View => arena.matrix(1, readout.parameters.size);
  const rows = (columns: number): View => arena.matrix(ROWS, columns);
  const [parameters, gradients] = [vector(), vector()];
  const [states, dStates, outputs, dOutputs, tape] = [
    rows(n),
    rows(n),
    rows(p),
    rows(p),
    rows(readout.tapeSize),
  ];
  const bound = readout.bind(arena, parameters, gradients);
  arena.commit();
  const random = new RandomState(3);
  for (const view of [parameters, states]) random.fillUniform(view, -1, 1);
  bound.prepare();
  return { readout, parameters, gradients, states, dStates, outputs, dOutputs, tape, bound };
}

/** L = Σ (½ y² + c y), with other c everywhere, and dL/dy. */
const c = new RandomState(4).randn(ROWS * p);
const loss = (y: readonly number[]): number =>
  y.reduce((sum, value, i) => sum + value * (value / 2 + c[i]), 0);
const dLoss = (y: readonly number[]): number[] => y.map((value, i) => value + c[i]);

describe.each(activationNames.map(activationNamed))("with $name", (activation: Activation) => {
  test.each([true, false])("gradients agree with central differences (bias: %s)", (bias) => {
    const { parameters, gradients, states, dStates, outputs, dOutputs, tape, bound } = bench({
      activation,
      bias,
    });
    const x = [...elements(parameters), ...elements(states)];
    const lossAt = (values: ArrayLike<number>): number => {
      parameters.data.set(Array.from(values).slice(0, parameters.size), parameters.offset);
      states.data.set(Array.from(values).slice(parameters.size), states.offset);
      bound.prepare();
      bound.forward(states, outputs, tape);
      return loss(elements(outputs));
    };
    const expected = centralDifference(lossAt, x, { points: 5, step: 1e-4 });
    lossAt(x);
    dOutputs.data.set(dLoss(elements(outputs)), dOutputs.offset);
    bound.backward(states, outputs, tape, dOutputs, dStates);
    assertGradients([...elements(gradients), ...elements(dStates)], expected, { tolerance: 1e-9 });
  });
});

test.each(["float64", "float32"] as const)("forward has the bits of plain loops in %s", (type) => {
  const round = type === "float32" ? Math.fround : (x: number): number => x;
  const { parameters, states, outputs, tape, bound } = bench({}, type);
  bound.forward(states, outputs, tape);
  const [W, h] = [elements(parameters), elements(states)];
  const expected: number[] = [];
  for (let r = 0; r < ROWS; r++) {
    for (let i = 0; i < p; i++) {
      let o = W[p * n + i];
      for (let k = 0; k < n; k++) o = round(o + round(h[r * n + k] * W[i * n + k]));
      expected.push(o);
    }
  }
  expect(elements(outputs)).toEqual(expected);
});

test("backward adds to the gradients and overwrites dL/dH", () => {
  const { gradients, states, dStates, outputs, dOutputs, tape, bound } = bench({ activation: silu });
  const back = (before: number): number[] => {
    bound.forward(states, outputs, tape);
    dOutputs.data.fill(1, dOutputs.offset, dOutputs.offset + dOutputs.size);
    dStates.data.fill(before, dStates.offset, dStates.offset + dStates.size);
    bound.backward(states, outputs, tape, dOutputs, dStates);
    return elements(dStates);
  };
  const first = back(Number.NaN);
  const once = elements(gradients);
  expect(back(7)).toEqual(first);
  for (const [i, twice] of elements(gradients).entries()) expect(twice).toBeCloseTo(2 * once[i], 12);
});

test("dOutputs becomes dL/dO", () => {
  const { states, dStates, outputs, dOutputs, tape, bound } = bench({
    activation: activationNamed("sigmoid"),
  });
  bound.forward(states, outputs, tape);
  dOutputs.data.fill(1, dOutputs.offset, dOutputs.offset + dOutputs.size);
  bound.backward(states, outputs, tape, dOutputs, dStates);
  expect(elements(dOutputs)).toEqual(elements(outputs).map((y) => y * (1 - y)));
});

test("packed weights are made anew after prepare", () => {
  const { parameters, states, outputs, tape, bound } = bench({ bias: false });
  bound.forward(states, outputs, tape);
  const before = elements(outputs);
  for (let i = 0; i < parameters.size; i++) parameters.data[parameters.offset + i] *= 2;
  bound.prepare();
  bound.forward(states, outputs, tape);
  expect(elements(outputs)).toEqual(before.map((o) => 2 * o));
});

test("the description: sizes, tape, starting values", () => {
  const readout = linearReadout({ inputSize: n, outputSize: p, initializers: { W_hy: constant(2) } });
  expect(readout).toMatchObject({ inputSize: n, outputSize: p, tapeSize: 0, activation: identity });
  expect(Object.keys(readout.parameters.slices)).toEqual(["W_hy", "b_y"]);
  expect(linearReadout({ inputSize: n, outputSize: p, activation: silu }).tapeSize).toBe(p);
  const arena = new Arena("float32");
  const parameters = arena.matrix(1, readout.parameters.size);
  arena.commit();
  readout.initialize(parameters, new RandomState(0));
  expect(elements(parameters)).toEqual([...new Array(n * p).fill(2), ...new Array(p).fill(0)]);
});

test("options that cannot be are refused", () => {
  const make = (options: object) => () => linearReadout({ inputSize: n, outputSize: p, ...options });
  expect(make({ outputSize: 0 })).toThrow(
    "linearReadout: option outputSize is 0, expected a positive integer",
  );
  expect(make({ inputSize: 2.5 })).toThrow("linearReadout: option inputSize is 2.5");
  expect(make({ activation: {} })).toThrow(
    "linearReadout: option activation is Object, expected an Activation",
  );
  expect(make({ initializers: { W: constant(0) } })).toThrow(
    'linearReadout: option initializers is "W", expected names among W_hy, b_y',
  );
});
