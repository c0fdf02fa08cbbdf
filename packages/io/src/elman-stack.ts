import { type Activation, identity } from "@unroll/activations";
import { type ElementType, type FloatArray, type KernelChoice, ValueError, type View } from "@unroll/kernels";
import { slice } from "@unroll/linalg";
import { SequenceModel } from "@unroll/model";
import { type Cell, elmanCell, linearReadout } from "@unroll/rnn-cell";

/** A matrix of numbers as another framework keeps it: element (r, c) is `data[r · rowStride + c · columnStride]`. */
export interface Matrix {
  readonly data: FloatArray;
  readonly rows: number;
  readonly columns: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** A linear map with an activation behind it. */
export interface LinearWeights {
  readonly W: Matrix;
  readonly b: FloatArray | undefined;
  readonly activation: Activation;
}

/** The weights of an Elman layer, in our orientation: W_xh n×m, W_hh n×n. */
export interface LayerWeights {
  readonly W_xh: Matrix;
  readonly W_hh: Matrix;
  readonly b_h: FloatArray | undefined;
  readonly activation: Activation;
}

/**
 * A model of layers that are known to fit each other, and of a readout; without one the states of the last layer are
 * the outputs: W_hy is the identity and there is no b_y.
 */
export function modelOfStack(
  layers: readonly LayerWeights[],
  readout: LinearWeights | undefined,
  type: ElementType,
  kernels: KernelChoice | undefined,
): SequenceModel {
  const cells: Cell[] = layers.map(({ W_xh, b_h, activation }) =>
    elmanCell({ inputSize: W_xh.columns, hiddenSize: W_xh.rows, activation, bias: b_h !== undefined }),
  );
  const { outputSize: n } = cells[cells.length - 1];
  const model = new SequenceModel({
    type,
    cells,
    readout: linearReadout({
      inputSize: n,
      outputSize: readout?.W.rows ?? n,
      activation: readout?.activation ?? identity,
      bias: readout?.b !== undefined,
    }),
    kernels,
  });
  const parameter = (name: string): View => slice(model.parameters, model.layout, name);
  for (const [l, { W_xh, W_hh, b_h }] of layers.entries()) {
    fill(parameter(`${l}.W_xh`), W_xh);
    fill(parameter(`${l}.W_hh`), W_hh);
    if (b_h) parameter(`${l}.b_h`).data.set(b_h, parameter(`${l}.b_h`).offset);
  }
  const W_hy = parameter("readout.W_hy");
  if (readout) fill(W_hy, readout.W);
  else for (let i = 0; i < n; i++) W_hy.data[W_hy.offset + i * (W_hy.stride + 1)] = 1;
  if (readout?.b) parameter("readout.b_y").data.set(readout.b, parameter("readout.b_y").offset);
  model.parametersChanged();
  return model;
}

function fill(to: View, { data, rowStride, columnStride }: Matrix): void {
  for (let r = 0; r < to.rows; r++)
    for (let c = 0; c < to.columns; c++)
      to.data[to.offset + r * to.stride + c] = data[r * rowStride + c * columnStride];
}

/** An Elman layer of a model, its parameters as views. */
export interface Layer {
  readonly W_xh: View;
  readonly W_hh: View;
  readonly b_h: View | undefined;
  /** Name of its activation. */
  readonly activation: string;
}

/** The layers of a model from below. @throws ValueError if a cell is no Elman cell */
export function layersOf(where: string, model: SequenceModel): Layer[] {
  return model.cells.map(({ kind, config }, l) => {
    if (kind !== "elman" || typeof config?.activation !== "string")
      throw new ValueError(where, `kind of cell ${l}`, kind, '"elman": there is no such layer for it');
    const { activation } = config;
    const part = (name: string): View => slice(model.parameters, model.layout, `${l}.${name}`);
    const b_h = config.bias ? part("b_h") : undefined;
    return { W_xh: part("W_xh"), W_hh: part("W_hh"), b_h, activation };
  });
}

/** The parameters of a model's readout. */
export function readoutOf({ parameters, layout }: SequenceModel): { W_hy: View; b_y: View | undefined } {
  const part = (name: string): View => slice(parameters, layout, `readout.${name}`);
  return { W_hy: part("W_hy"), b_y: "readout.b_y" in layout.slices ? part("b_y") : undefined };
}
