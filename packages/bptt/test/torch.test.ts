import { readFileSync } from "node:fs";
import { relu, tanh } from "@unroll/activations";
import { unroll } from "@unroll/bptt";
import { assertGradients, type TensorSlice } from "@unroll/gradcheck";
import { load, View } from "@unroll/kernels";
import { slice } from "@unroll/linalg";
import { elmanCell } from "@unroll/rnn-cell";
import { describe, test } from "vitest";
import { elements } from "./support/run.ts";

type Matrix = number[][];
type LayerValues = Record<
  "W_xh" | "W_hh" | "b_h" | "h0" | "hT" | "d" | "dW_xh" | "dW_hh" | "db_h" | "dh0",
  Matrix
>;
interface Case {
  readonly nonlinearity: "tanh" | "relu";
  readonly T: number;
  readonly B: number;
  readonly m: number;
  readonly n: number;
  readonly layers: readonly LayerValues[];
  readonly x: Matrix;
  readonly dx: Matrix;
  readonly c: Matrix;
  readonly y: Matrix;
}

const file = new URL("fixtures/torch-rnn.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: Case[] };
const viewOf = (rows: Matrix): View =>
  new View(Float64Array.from(rows.flat()), 0, rows.length, rows[0].length);

describe("torch.nn.RNN in float64", () => {
  const named = cases.map(
    (one) => [`${one.nonlinearity}, ${one.layers.length} layers, ${one.T} steps`, one] as const,
  );

  test.each(named)(
    "%s: outputs, final states and all gradients",
    (_, { nonlinearity, T, B, m, n, layers, ...values }) => {
      const activation = nonlinearity === "tanh" ? tanh : relu;
      const cells = layers.map((_, l) =>
        elmanCell({ inputSize: l === 0 ? m : n, hiddenSize: n, activation }),
      );
      const { unrolled, parameters, gradients, layout } = unroll(cells, {
        type: "float64",
        steps: T,
        batch: B,
        inputGradient: true,
      });
      layers.forEach((layer, l) => {
        for (const name of ["W_xh", "W_hh", "b_h"] as const)
          load(slice(parameters, layout, `${l}.${name}`), viewOf(layer[name]));
        load(unrolled.layers[l].initialState, viewOf(layer.h0));
        load(unrolled.layers[l].dFinalState, viewOf(layer.d));
      });

      unrolled.forward(viewOf(values.x));
      const outputs = elements(unrolled.outputs);
      unrolled.backward((_from, _to, _outputs, dOutputs) => {
        const dy = values.c.flat().map((c, i) => c + outputs[i]);
        load(dOutputs, new View(Float64Array.from(dy), 0, T * B, n));
      });

      const actual: Record<string, number[]> = {
        y: outputs,
        dx: unrolled.dInputs ? elements(unrolled.dInputs.range(0, T)) : [],
      };
      const expected: Record<string, number[]> = { y: values.y.flat(), dx: values.dx.flat() };
      layers.forEach((layer, l) => {
        for (const name of ["W_xh", "W_hh", "b_h"] as const) {
          actual[`${l}.${name}`] = elements(slice(gradients, layout, `${l}.${name}`));
          expected[`${l}.${name}`] = layer[`d${name}`].flat();
        }
        actual[`${l}.h_0`] = elements(unrolled.layers[l].dInitialState);
        expected[`${l}.h_0`] = layer.dh0.flat();
        actual[`${l}.h_T`] = elements(unrolled.layers[l].finalState);
        expected[`${l}.h_T`] = layer.hT.flat();
      });
      assertGradients(Object.values(actual).flat(), Object.values(expected).flat(), {
        tensors: slicesOf(expected),
        tolerance: 1e-14,
      });
    },
  );
});

/** One tensor behind the other, each as a row. */
function slicesOf(parts: Record<string, number[]>): Record<string, TensorSlice> {
  let offset = 0;
  return Object.fromEntries(
    Object.entries(parts).map(([name, { length: columns }]) => {
      const at = { offset, rows: 1, columns };
      offset += columns;
      return [name, at];
    }),
  );
}
