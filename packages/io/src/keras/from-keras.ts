import { type Activation, identity, tanh } from "@unroll/activations";
import {
  type ElementType,
  type FloatArray,
  type KernelChoice,
  OptionError,
  ShapeError,
  ValueError,
} from "@unroll/kernels";
import type { SequenceModel } from "@unroll/model";
import { checkTensor } from "../check-tensor.ts";
import { type LayerWeights, type Matrix, modelOfStack } from "../elman-stack.ts";
import { quote, UnsupportedError } from "../errors.ts";
import { commonType, floatsOf } from "../float-tensors.ts";
import { entriesOf, type Named as NamedTensors } from "../named.ts";
import type { Tensor } from "../tensor.ts";

const WHERE = "fromKeras";

export interface FromKerasOptions {
  /** Of the SimpleRNN layers, which weights don't say; tanh unless given, as in Keras. */
  readonly activation?: Activation | undefined;
  /** Of the Dense layer; none unless given, as in Keras. */
  readonly readoutActivation?: Activation | undefined;
  /** Of the model; that of the tensors unless given. */
  readonly type?: ElementType | undefined;
  /** Which arithmetic runs; "reproducible" unless given. */
  readonly kernels?: KernelChoice | undefined;
}

const NAMES: readonly string[] = ["activation", "readoutActivation", "type", "kernels"];

interface Weight {
  readonly name: string;
  readonly tensor: Tensor;
}

/**
 * The weights of a Keras model as a model: SimpleRNN layers and then at most one Dense; without one the hidden states
 * are the outputs. The tensors come in the order of `model.get_weights()`, whatever their names: for each SimpleRNN its
 * kernel, recurrent kernel and, with `use_bias`, bias; for the Dense its kernel and bias.
 *
 *     h_t = σ(x_t K + h_{t−1} R + b): W_xh = Kᵀ, W_hh = Rᵀ, b_h = b        y_t = h_t K + b: W_hy = Kᵀ, b_y = b
 *
 * @throws UnsupportedError for layers of other kinds (gated, bidirectional, embeddings, several Dense, …) and types
 * other than floating-point; ShapeError, ValueError for tensors that do not fit or are missing; OptionError
 */
export function fromKeras(tensors: NamedTensors<Tensor>, options: FromKerasOptions = {}): SequenceModel {
  const { activation = tanh, readoutActivation = identity, kernels } = options;
  for (const [name, value] of Object.entries(options))
    if (!NAMES.includes(name))
      throw new OptionError(WHERE, name, value, `no such option: ${NAMES.join(", ")}`);
  const all = new Map(entriesOf(tensors));
  for (const [name, tensor] of all) checkTensor(WHERE, `tensor ${quote(name)}`, tensor);
  checkOrder([...all.keys()]);
  const weights = [...all].map(([name, tensor]): Weight => ({ name, tensor }));
  const layers: LayerWeights[] = [];
  // A recurrent layer has two matrices, a Dense one.
  while (weights.filter(isMatrix).length >= 2) layers.push(takeLayer(weights, layers, activation));
  if (layers.length === 0)
    throw new ValueError(WHERE, "number of matrices", weights.filter(isMatrix).length, "two or more");
  const n = layers[layers.length - 1].W_hh.rows;
  const kernel = weights.length > 0 ? takeMatrix(weights, "kernel of the Dense", n, undefined) : undefined;
  const bias = kernel && takeBias(weights, "bias of the Dense", kernel.rows);
  if (weights.length > 0) {
    const problem = `${quote(weights[0].name)} comes behind the Dense layer`;
    throw new UnsupportedError(WHERE, problem, undefined, { rule: "layers", name: weights[0].name });
  }
  const readout = kernel && { W: kernel, b: bias, activation: readoutActivation };
  return modelOfStack(layers, readout, options.type ?? commonType(WHERE, all), kernels);
}

/** Takes kernel (m×n), recurrent kernel (n×n) and, if the next tensor is a row, bias (n). */
function takeLayer(weights: Weight[], below: readonly LayerWeights[], activation: Activation): LayerWeights {
  const { name, tensor } = weights.filter(isMatrix)[1];
  const [n = Number.NaN, gates = Number.NaN] = tensor.shape;
  if (n > 0 && (gates === 3 * n || gates === 4 * n)) {
    const problem = `${quote(name)} is ${n}×${gates}, the recurrent kernel of ${gates === 3 * n ? "a GRU" : "an LSTM"}`;
    throw new UnsupportedError(WHERE, problem, undefined, { rule: "gated", name });
  }
  const layer = `SimpleRNN ${below.length}`;
  const W_xh = takeMatrix(weights, `kernel of ${layer}`, below.at(-1)?.W_hh.rows, n);
  const W_hh = takeMatrix(weights, `recurrent kernel of ${layer}`, n, n);
  return { W_xh, W_hh, b_h: takeBias(weights, `bias of ${layer}`, n), activation };
}

/** Takes a matrix that Keras keeps as inputs × outputs; it comes out turned round. `role` is what errors call it. */
function takeMatrix(
  weights: Weight[],
  role: string,
  inputs: number | undefined,
  outputs: number | undefined,
): Matrix {
  const { name, tensor } = weights.shift() as Weight;
  const [m = 0, n = 0] = tensor.shape;
  const fits = isMatrix({ name, tensor }) && m === (inputs ?? m) && n === (outputs ?? n) && m > 0 && n > 0;
  if (!fits)
    throw new ShapeError(WHERE, `${role} (${quote(name)})`, tensor.shape, [
      inputs ?? "inputs",
      outputs ?? "outputs",
    ]);
  return { data: floatsOf(WHERE, name, tensor), rows: n, columns: m, rowStride: 1, columnStride: n };
}

function takeBias(weights: Weight[], role: string, length: number): FloatArray | undefined {
  const [next] = weights;
  if (next?.tensor.shape.length !== 1) return undefined;
  weights.shift();
  const { name, tensor } = next;
  if (tensor.shape[0] !== length)
    throw new ShapeError(WHERE, `${role} (${quote(name)})`, tensor.shape, [length]);
  return floatsOf(WHERE, name, tensor);
}

function isMatrix({ tensor }: Weight): boolean {
  return tensor.shape.length === 2;
}

/** `np.savez(file, *model.get_weights())` calls them arr_0, arr_1, …: then they must stand in that order. */
function checkOrder(names: readonly string[]): void {
  if (!names.every((name) => /^arr_\d+$/.test(name))) return;
  for (const [i, name] of names.entries())
    if (name !== `arr_${i}`)
      throw new ValueError(WHERE, `tensor ${i}`, name, `arr_${i}: the order of get_weights()`);
}
