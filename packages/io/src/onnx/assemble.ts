import { identity } from "@unroll/activations";
import { type ElementType, type KernelChoice, View } from "@unroll/kernels";
import { slice } from "@unroll/linalg";
import { SequenceModel } from "@unroll/model";
import { type Cell, elmanCell, linearReadout } from "@unroll/rnn-cell";
import type { Budget } from "./budget.ts";
import type { Matrix } from "./linear-map.ts";
import type { LayerParts } from "./network.ts";
import type { Numbers, Signal } from "./values.ts";

/** A model with the parameters of layers and of what stands after the last one. */
export function assemble(
  type: ElementType,
  layers: readonly LayerParts[],
  output: Signal,
  budget: Budget,
  kernels: KernelChoice | undefined,
): SequenceModel {
  const H = layers[layers.length - 1].W_hh.rows;
  const { A, c } = output.linear;
  const O = A ? A.rows : H;
  budget.takeBytes((type === "float32" ? 4 : 8) * O * (H + 1));
  const cells: Cell[] = layers.map(({ W_xh, b_h, activation }) =>
    elmanCell({ inputSize: W_xh.columns, hiddenSize: W_xh.rows, activation, bias: b_h !== undefined }),
  );
  const { activation = identity } = output;
  const readout = linearReadout({ inputSize: H, outputSize: O, activation, bias: c !== undefined });
  const model = new SequenceModel({ type, cells, readout, kernels });
  const parameter = (name: string): View => slice(model.parameters, model.layout, name);
  for (const [l, { W_xh, W_hh, b_h }] of layers.entries()) {
    fillMatrix(parameter(`${l}.W_xh`), W_xh);
    fillMatrix(parameter(`${l}.W_hh`), W_hh);
    if (b_h) fillRow(parameter(`${l}.b_h`), b_h);
  }
  if (A) fillMatrix(parameter("readout.W_hy"), A);
  else fillIdentity(parameter("readout.W_hy"));
  if (c) fillRow(parameter("readout.b_y"), c);
  model.parametersChanged();
  return model;
}

/** h_0 of each layer, B×n, as matrices of their own; undefined if all of them start from zero or are inputs. */
export function initialStates(
  type: ElementType,
  layers: readonly LayerParts[],
  budget: Budget,
): View[] | undefined {
  const given = layers.map(({ initial }) => (initial && "data" in initial ? initial : undefined));
  const rows = Math.max(0, ...given.map((numbers) => (numbers ? sequencesOf(numbers) : 0)));
  if (rows === 0) return undefined;
  return layers.map(({ W_hh }, l) => {
    const H = W_hh.rows;
    budget.takeBytes((type === "float32" ? 4 : 8) * rows * H);
    const view = new View(
      type === "float32" ? new Float32Array(rows * H) : new Float64Array(rows * H),
      0,
      rows,
      H,
    );
    const numbers = given[l];
    if (numbers) {
      const { data, offset, strides } = numbers;
      const along = numbers.shape[0] === 1 ? 1 : 0;
      const step = sequencesOf(numbers) === 1 ? 0 : strides[along];
      fillMatrix(view, { data, offset, rows, columns: H, rowStride: step, columnStride: strides[2] });
    }
    return view;
  });
}

/** B of initial states, which stand as 1×B×n or B×1×n. */
function sequencesOf({ shape }: Numbers): number {
  return shape[0] * shape[1];
}

function fillMatrix(to: View, { data, offset, rowStride, columnStride }: Matrix): void {
  for (let r = 0; r < to.rows; r++)
    for (let c = 0; c < to.columns; c++)
      to.data[to.offset + r * to.stride + c] = data[offset + r * rowStride + c * columnStride];
}

function fillRow(to: View, values: Float64Array): void {
  to.data.set(values, to.offset);
}

/** Where nothing stands after the last layer, its states are the outputs. */
function fillIdentity(to: View): void {
  to.data.fill(0, to.offset, to.offset + to.size);
  for (let i = 0; i < to.rows; i++) to.data[to.offset + i * (to.stride + 1)] = 1;
}
