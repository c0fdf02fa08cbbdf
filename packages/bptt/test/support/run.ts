import { type UnrolledStack, type UnrollOptions, unroll } from "@unroll/bptt";
import { type ElementType, load, View } from "@unroll/kernels";
import type { Cell } from "@unroll/rnn-cell";
import { type Problem, rowsOf } from "./problem.ts";

export type RunOptions = Partial<UnrollOptions> & {
  readonly type?: ElementType;
  /** In place of the problem's own cells. */
  readonly cells?: readonly Cell[];
};

/** The problem's stack with its parameters, initial states and dL/d(final states). */
export function prepared(of: Problem, options: RunOptions = {}): UnrolledStack {
  const { T, B, cells, tokens, parameters } = of;
  const stack = unroll(options.cells ?? cells, {
    type: "float64",
    steps: T,
    batch: B,
    tokens: tokens !== undefined,
    inputGradient: tokens === undefined,
    ...options,
  });
  stack.parameters.data.set(parameters, stack.parameters.offset);
  setStates(of, stack);
  return stack;
}

/** Puts h_0 and dL/d(h_T) where they belong. */
export function setStates({ B, initialStates, d }: Problem, { unrolled }: UnrolledStack): void {
  unrolled.resetStates(B);
  unrolled.layers.forEach(({ initialState, dFinalState }, l) => {
    load(initialState, matrix(B, initialStates[l]));
    dFinalState.rows = B;
    load(dFinalState, matrix(B, d[l]));
  });
}

/** dL/d(outputs) = h + c. */
export function outputGradient({ B, c }: Problem): Parameters<UnrolledStack["unrolled"]["backward"]>[0] {
  return (from, _to, outputs, dOutputs) => {
    const { rows, columns } = outputs;
    for (let r = 0; r < rows; r++) {
      for (let j = 0; j < columns; j++) {
        const h = outputs.data[outputs.offset + r * outputs.stride + j];
        dOutputs.data[dOutputs.offset + r * dOutputs.stride + j] = h + c[(from * B + r) * columns + j];
      }
    }
  };
}

/** Forward and backward; dL/d[parameters | inputs | h_0]. */
export function gradientOf(of: Problem, options: RunOptions = {}): Float64Array {
  const stack = prepared(of, options);
  stack.unrolled.forward(rowsOf(of), of.T, of.B);
  stack.unrolled.backward(outputGradient(of));
  return gradientsIn(stack);
}

/** The gradients that stand in a stack, as [parameters | inputs | h_0]. */
export function gradientsIn({ gradients, unrolled }: UnrolledStack): Float64Array {
  const { dInputs, layers, steps } = unrolled;
  const inputs = dInputs ? elements(dInputs.range(0, steps)) : [];
  return Float64Array.from([
    ...elements(gradients),
    ...inputs,
    ...layers.flatMap(({ dInitialState }) => elements(dInitialState)),
  ]);
}

/** All elements, row by row. */
export function elements({ data, offset, rows, columns, stride }: View): number[] {
  return Array.from(
    { length: rows * columns },
    (_, i) => data[offset + Math.floor(i / columns) * stride + (i % columns)],
  );
}

export function matrix(rows: number, values: Float64Array): View {
  return new View(values, 0, rows, values.length / rows);
}
