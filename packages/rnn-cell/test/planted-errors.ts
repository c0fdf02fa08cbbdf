import { isTokens, View } from "@unroll/kernels";
import { slice } from "@unroll/linalg";
import { type Cell, elmanCell } from "@unroll/rnn-cell";
import { alteredCell } from "@unroll/rnn-cell/laws";
import { after, describedAs } from "./altered.ts";
import { leakyCell } from "./leaky-cell.ts";

/** A cell with one thing wrong, and how the law says so. */
interface Planted {
  readonly error: string;
  readonly cell: Cell;
  readonly message: string;
}

const elman = elmanCell({ inputSize: 3, hiddenSize: 4 });
const leaky = leakyCell(3, 4);

const get = (view: View, r: number, c: number): number => view.data[view.offset + r * view.stride + c];
const set = (view: View, r: number, c: number, value: number): void => {
  view.data[view.offset + r * view.stride + c] = value;
};
const backToFront = ({ data, offset, rows, columns, stride }: View): View =>
  new View(data, offset + (rows - 1) * stride, rows, columns, -stride);

const sizes: Planted[] = [
  {
    error: "more is visible than there is",
    cell: describedAs(elman, { outputSize: 5 }),
    message: "outputSize is 5, expected at most stateSize 4",
  },
  {
    error: "a size that is no whole number",
    cell: describedAs(elman, { tapeSize: 0.5 }),
    message: "tapeSize is 0.5, expected a whole number of 0 or more",
  },
  {
    error: "parameters that overlap",
    cell: describedAs(elman, {
      parameters: {
        size: 12,
        slices: { a: { offset: 0, rows: 2, columns: 5 }, b: { offset: 9, rows: 1, columns: 3 } },
      },
    }),
    message: "parameter b begins at 9, expected 10",
  },
  {
    error: "a vector longer than its parameters",
    cell: describedAs(elman, { parameters: { ...elman.parameters, size: 40 } }),
    message: "the parameters' size is 40, expected 32",
  },
];

const initialize: Planted[] = [
  {
    error: "another source of random numbers than the one given",
    cell: describedAs(elman, {
      initialize: ({ data, offset, size }) => {
        for (let i = 0; i < size; i++) data[offset + i] = Math.random();
      },
    }),
    message: "the same seed gives other values",
  },
  {
    error: "a parameter left out",
    cell: describedAs(elman, {
      initialize: (vector, random) => {
        for (const name of ["W_xh", "W_hh"]) random.fillNormal(slice(vector, elman.parameters, name));
      },
    }),
    message: "parameter 28 is NaN, expected a finite number",
  },
  {
    error: "one element too many",
    cell: describedAs(elman, {
      initialize: (vector, random) => {
        elman.initialize(vector, random);
        set(vector, 0, vector.size, 1);
      },
    }),
    message: "it wrote outside the vector: parameters[0,32] was NaN, is 1",
  },
];

const extent: Planted[] = [
  {
    error: "a write beyond the last row",
    cell: after(elman, "stepBackward", ([, , , , delta]) => set(delta, delta.rows, 0, 1)),
    message: "stepBackward wrote outside a matrix: delta[12,0] was 1000, is 1",
  },
  {
    error: "a row taken for longer than it is",
    cell: after(elman, "inputGradient", ([, dInputs]) => set(dInputs, 0, dInputs.columns, 0)),
    message: "inputGradient wrote outside a matrix: dInputs[0,3]",
  },
  {
    error: "a read of what stands before the first row",
    cell: after(elman, "project", ([inputs, gates]) =>
      set(gates, 0, 0, get(gates, 0, 0) + 1e-9 * get(inputs as View, 0, -1)),
    ),
    message: "what stands outside the matrices shows: next[0,0] is NaN",
  },
  {
    error: "no regard for strides",
    cell: alteredCell(elman, (bound) => ({
      stepBackward(tape, previous, next, { data, offset, rows, columns }, delta, dPrevious) {
        bound.stepBackward(tape, previous, next, new View(data, offset, rows, columns), delta, dPrevious);
      },
    })),
    message: "what stands outside the matrices shows: delta",
  },
];

const purity: Planted[] = [
  {
    error: "a step that changes the state before it",
    cell: after(elman, "step", ([, previous]) => set(previous, 0, 0, 0)),
    message: "step changed previous[0,0]",
  },
  {
    error: "a way back that uses up dNext",
    cell: after(elman, "stepBackward", ([, , , dNext]) => set(dNext, 0, 0, 0)),
    message: "stepBackward changed dNext[0,0]",
  },
  {
    error: "a stale state: the way back takes the last state that was made",
    cell: alteredCell(elman, (bound) => {
      let last: View;
      return {
        step(gates, previous, next, tape) {
          bound.step(gates, previous, (last = next), tape);
        },
        stepBackward: (tape, previous, _next, dNext, delta, dPrevious) =>
          bound.stepBackward(tape, previous, last, dNext, delta, dPrevious),
      };
    }),
    message: "calls for another step in between show: delta",
  },
];

const prepare: Planted[] = [
  {
    error: "weights packed once for all",
    cell: alteredCell(elman, () => ({ prepare() {} })),
    message: "the old parameters show: next",
  },
];

const overwriting: Planted[] = [
  {
    error: "a way back that adds to dPrevious",
    cell: alteredCell(elman, (bound) => ({
      stepBackward(tape, previous, next, dNext, delta, dPrevious) {
        const before = get(dPrevious, 0, 0);
        bound.stepBackward(tape, previous, next, dNext, delta, dPrevious);
        set(dPrevious, 0, 0, get(dPrevious, 0, 0) + before);
      },
    })),
    message: "what stood in the results of stepBackward shows: dPrevious[0,0]",
  },
  {
    error: "a projection that adds",
    cell: alteredCell(leaky, (bound) => ({
      project(inputs, gates) {
        const before = get(gates, 0, 0);
        bound.project(inputs, gates);
        set(gates, 0, 0, get(gates, 0, 0) + before);
      },
    })),
    message: "what stood in the results of project shows: gates[0,0]",
  },
  {
    error: "a tape with a hole",
    cell: describedAs(leaky, { tapeSize: 9 }),
    message: "what stood in the results of step shows: tape[0,8]",
  },
];

const rows: Planted[] = [
  {
    error: "a step that mixes the rows of a batch",
    cell: after(elman, "step", ([, , next]) =>
      set(next, 0, 0, get(next, 0, 0) + 1e-12 * get(next, next.rows - 1, 0)),
    ),
    message: "a row alone differs from the same row in a batch: next[0,0]",
  },
];

const steps: Planted[] = [
  {
    error: "weight gradients summed from the first row to the last",
    cell: alteredCell(elman, (bound) => ({
      accumulate: (inputs, previous, tape, delta) =>
        bound.accumulate(backToFront(inputs as View), backToFront(previous), tape, backToFront(delta)),
    })),
    message: "one step after the other differs from all at once: gradients",
  },
  {
    error: "a projection that knows the number of the row",
    cell: after(elman, "project", ([, gates]) => {
      for (let r = 0; r < gates.rows; r++) set(gates, r, 0, get(gates, r, 0) + 1e-6 * r);
    }),
    message: "one step after the other differs from all at once: gates",
  },
];

const accumulation: Planted[] = [
  {
    error: "gradients overwritten instead of added to",
    cell: alteredCell(elman, (bound, _parameters, gradients) => ({
      accumulate(...views) {
        gradients.data.fill(0, gradients.offset, gradients.offset + gradients.size);
        bound.accumulate(...views);
      },
    })),
    message: "accumulating twice doesn't double: gradients",
  },
  {
    error: "a mean over calls instead of a sum",
    cell: alteredCell(elman, (bound, _parameters, gradients) => ({
      accumulate(...views) {
        for (let i = 0; i < gradients.size; i++) set(gradients, 0, i, get(gradients, 0, i) / 2);
        bound.accumulate(...views);
      },
    })),
    message: "accumulating twice doesn't double: gradients",
  },
];

const parts: Planted[] = [
  {
    error: "every part does the whole",
    cell: alteredCell(elman, (bound) => ({
      accumulatePart: (_part, _parts, ...views) => bound.accumulate(...views),
    })),
    message: "2 parts differ from the whole: gradients",
  },
  {
    error: "a last part that is left out",
    cell: alteredCell(elman, (bound) => ({
      accumulatePart(part, parts, ...views) {
        if (part < 2) bound.accumulatePart?.(part, parts, ...views);
      },
    })),
    message: "3 parts differ from the whole: gradients",
  },
];

const linearity: Planted[] = [
  {
    error: "a way back that clips",
    cell: after(elman, "stepBackward", ([, , , , , dPrevious]) =>
      set(dPrevious, 0, 0, Math.max(-0.1, Math.min(0.1, get(dPrevious, 0, 0)))),
    ),
    message: "the way back of a sum is not the sum of the ways back: dPrevious[0,0]",
  },
];

const adjoint: Planted[] = [
  {
    error: "a sign",
    cell: after(elman, "inputGradient", ([, dInputs]) => {
      for (let r = 0; r < dInputs.rows; r++) set(dInputs, r, 1, -get(dInputs, r, 1));
    }),
    message: "dL/d(inputs) is wrong",
  },
  {
    error: "a missing term, the leak of the state",
    cell: after(leaky, "stepBackward", ([, , , , , dPrevious]) => {
      for (let r = 0; r < dPrevious.rows; r++) set(dPrevious, r, 5, 0);
    }),
    message: "dL/d(previous) is wrong",
  },
  {
    error: "W_hh not transposed",
    cell: after(elman, "stepBackward", ([, , , , delta, dPrevious], { parameters }) => {
      const W_hh = slice(parameters, elman.parameters, "W_hh");
      for (let r = 0; r < delta.rows; r++) {
        for (let i = 0; i < 4; i++) {
          let sum = 0;
          for (let j = 0; j < 4; j++) sum += get(W_hh, i, j) * get(delta, r, j);
          set(dPrevious, r, i, sum);
        }
      }
    }),
    message: "dL/d(previous) is wrong",
  },
  {
    error: "a dropped bias gradient",
    cell: after(elman, "accumulate", (_views, { gradients }) => {
      const db_h = slice(gradients, elman.parameters, "b_h");
      for (let i = 0; i < 4; i++) set(db_h, 0, i, 0);
    }),
    message: "dL/d(b_h) is wrong",
  },
  {
    error: "the state behind the step in place of the one before it",
    cell: alteredCell(elman, (bound) => {
      let behind: View;
      return {
        step: (gates, previous, next, tape) => bound.step(gates, previous, (behind = next), tape),
        accumulate: (inputs, _previous, tape, delta) => bound.accumulate(inputs, behind, tape, delta),
      };
    }),
    message: "dL/d(W_hh) is wrong",
  },
];

const tokens: Planted[] = [
  {
    error: "the next token",
    cell: alteredCell(elman, (bound) => ({
      project(inputs, gates) {
        if (isTokens(inputs)) {
          const { data, offset } = inputs;
          for (let r = 0; r < gates.rows; r++) data[offset + r] = (data[offset + r] + 1) % 3;
        }
        bound.project(inputs, gates);
      },
    })),
    message: "tokens differ from one-hot rows",
  },
];

/** By the law that must notice. */
export const plantedErrors: Readonly<Record<string, readonly Planted[]>> = {
  sizes,
  initialize,
  extent,
  purity,
  prepare,
  overwriting,
  rows,
  steps,
  accumulation,
  parts,
  linearity,
  adjoint,
  tokens,
};
