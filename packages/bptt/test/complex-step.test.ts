import { assertGradients } from "@unroll/gradcheck";
import { describe, expect, test } from "vitest";
import { complexActivations } from "./support/complex-activations.ts";
import { expectedGradient, lossOf, statesBefore } from "./support/oracle.ts";
import { type ProblemOptions, problem, rowsOf, tensorsOf } from "./support/problem.ts";
import { elements, gradientOf, prepared } from "./support/run.ts";

/** Gradients of every parameter, every input and h_0 against complex steps through a forward pass of the test's own. */
function check(options: ProblemOptions): void {
  const one = problem(options);
  assertGradients(gradientOf(one), expectedGradient(one), { tensors: tensorsOf(one), tolerance: 1e-12 });
}

const stacks = { "one cell": [4], "a stack of two": [3, 4], "a stack of three": [3, 2, 4] };

describe.each(complexActivations)("$activation.name", ({ activation: { name } }) => {
  test.each(Object.entries(stacks))("%s", (_, sizes) => {
    check({ activation: name, sizes });
    check({ activation: name, sizes, bias: false, seed: 2 });
  });

  test.each(Object.entries(stacks))("%s, tokens", (_, sizes) =>
    check({ activation: name, sizes, m: 3, tokens: true }),
  );
});

test.each([
  ["one step", { T: 1 }],
  ["one unit", { sizes: [1] }],
  ["one sequence", { B: 1 }],
  ["one input", { m: 1 }],
  ["one of each", { T: 1, B: 1, m: 1, sizes: [1] }],
  ["a stack of single units", { T: 3, B: 1, m: 1, sizes: [1, 1, 1] }],
  ["a token of one symbol", { T: 2, B: 1, m: 1, sizes: [2], tokens: true }],
  ["more than a vector register", { T: 2, B: 2, m: 9, sizes: [17, 9] }],
  ["a longer sequence", { T: 40, B: 1, sizes: [3] }],
])("%s", (_, options) => check(options));

test("the forward pass agrees with the plain one", () => {
  const one = problem({ sizes: [3, 4] });
  const { unrolled } = prepared(one);
  unrolled.forward(rowsOf(one));
  for (const [l, state] of statesBefore(one, one.T).entries()) {
    for (const [i, h] of elements(unrolled.layers[l].finalState).entries())
      expect(h).toBeCloseTo(state[i], 14);
  }
  const top = elements(unrolled.outputs);
  let loss = top.reduce((sum, h, i) => sum + h * (h / 2 + one.c[i]), 0);
  for (const [l, { finalState }] of unrolled.layers.entries()) {
    for (const [i, h] of elements(finalState).entries()) loss += one.d[l][i] * h;
  }
  expect(loss).toBeCloseTo(lossOf(one), 13);
});
