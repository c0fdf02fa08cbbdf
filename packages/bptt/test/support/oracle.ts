import { add, type Complex, complex, complexStep, multiply } from "@unroll/gradcheck";
import type { Problem } from "./problem.ts";

/** Steps `from` … `to` - 1 with the losses of `lossFrom` … `to` - 1, from states that stand before step `from`. */
interface Part {
  readonly from: number;
  readonly to: number;
  readonly lossFrom: number;
}

/** What a part of the sequence is computed from: [parameters | inputs | states before its first step]. */
interface Arguments {
  readonly parameters: readonly Complex[];
  readonly inputs: readonly Complex[];
  readonly states: readonly (readonly Complex[])[];
}

/**
 * The plainest forward pass of an Elman stack, in complex numbers, one sequence after the other, one unit after the
 * other: L of a part of the sequence, and the states behind it.
 */
function run(of: Problem, part: Part, given: Arguments): { loss: Complex; states: Complex[][] } {
  const { T, B, m, layers, layout, tokens, c, d } = of;
  const W = (name: string, i: number, j: number): Complex => {
    const { offset, columns } = layout.slices[name];
    return given.parameters[offset + i * columns + j];
  };
  let loss = complex(0);
  const states = given.states.map((state) => [...state]);
  for (let b = 0; b < B; b++) {
    for (let t = part.from; t < part.to; t++) {
      const row = t * B + b;
      let x = given.inputs.slice(row * m, (row + 1) * m);
      if (tokens) x = Array.from({ length: m }, (_, j) => complex(tokens[row] === j ? 1 : 0));
      layers.forEach(({ n, bias, sigma }, l) => {
        const before = states[l].slice(b * n, (b + 1) * n);
        const z: Complex[] = [];
        for (let i = 0; i < n; i++) {
          let sum = bias ? W(`${l}.b_h`, 0, i) : complex(0);
          x.forEach((value, j) => {
            sum = add(sum, multiply(W(`${l}.W_xh`, i, j), value));
          });
          before.forEach((value, j) => {
            sum = add(sum, multiply(W(`${l}.W_hh`, i, j), value));
          });
          z.push(sum);
        }
        x = sigma.row(z);
        states[l].splice(b * n, n, ...x);
      });
      if (t < part.lossFrom) continue;
      x.forEach((h, j) => {
        loss = add(loss, multiply(h, add(multiply(0.5, h), c[row * x.length + j])));
      });
    }
  }
  if (part.to === T) {
    states.forEach((state, l) => {
      state.forEach((h, i) => {
        loss = add(loss, multiply(d[l][i], h));
      });
    });
  }
  return { loss, states };
}

const lift = (values: ArrayLike<number>): Complex[] => Array.from(values, (value) => complex(value));

/** The states before step `to`, of each layer. */
export function statesBefore(of: Problem, to: number): Float64Array[] {
  const { parameters, inputs, initialStates } = of;
  const given = { parameters: lift(parameters), inputs: lift(inputs), states: initialStates.map(lift) };
  const { states } = run(of, { from: 0, to, lossFrom: to }, given);
  return states.map((state) => Float64Array.from(state, ({ re }) => re));
}

/** L of the whole sequence. */
export function lossOf(of: Problem): number {
  const { T, parameters, inputs, initialStates } = of;
  const given = { parameters: lift(parameters), inputs: lift(inputs), states: initialStates.map(lift) };
  return run(of, { from: 0, to: T, lossFrom: 0 }, given).loss.re;
}

/**
 * dL/d[parameters | inputs | h_0] by complex steps, for a part of the sequence whose first states are given as numbers:
 * what lies before them gets no gradient.
 */
export function partGradient(of: Problem, part: Part): Float64Array {
  const { parameters, inputs, tokens } = of;
  const states = statesBefore(of, part.from);
  const x = Float64Array.from([
    ...parameters,
    ...(tokens ? [] : inputs),
    ...states.flatMap((state) => [...state]),
  ]);
  const gradient = complexStep((z) => {
    let at = 0;
    const take = (count: number): readonly Complex[] => z.slice(at, (at += count));
    const given = {
      parameters: take(parameters.length),
      inputs: take(tokens ? 0 : inputs.length),
      states: states.map((state) => take(state.length)),
    };
    return run(of, part, given).loss;
  }, x);
  const inStates = states.reduce((sum, { length }) => sum + length, 0);
  if (part.from > 0) gradient.fill(0, gradient.length - inStates);
  return gradient;
}

/** dL/d[parameters | inputs | h_0] of the whole sequence by complex steps. */
export function expectedGradient(of: Problem): Float64Array {
  return partGradient(of, { from: 0, to: of.T, lossFrom: 0 });
}
