import { type Activation, identity, relu, tanh } from "@unroll/activations";
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
import { type LayerWeights, type LinearWeights, type Matrix, modelOfStack } from "../elman-stack.ts";
import { quote, UnsupportedError } from "../errors.ts";
import { commonType, floatsOf } from "../float-tensors.ts";
import { entriesOf, type Named as NamedTensors } from "../named.ts";
import type { Tensor } from "../tensor.ts";
import { type LinearTensors, type Named, type RecurrentTensors, sortIntoModules } from "./module-names.ts";
import { recurrentOrder } from "./module-order.ts";

const WHERE = "fromPyTorch";

export interface FromPyTorchOptions {
  /** What the recurrent modules were made with, which a state dict doesn't say; "tanh" unless given. */
  readonly nonlinearity?: "tanh" | "relu" | undefined;
  /** What the program does behind the nn.Linear; nothing unless given. */
  readonly readoutActivation?: Activation | undefined;
  /** Names of the recurrent modules from below; needed where the names themselves don't say it. */
  readonly rnn?: string | readonly string[] | undefined;
  /** Of the model; that of the tensors unless given. */
  readonly type?: ElementType | undefined;
  /** Which arithmetic runs; "reproducible" unless given. */
  readonly kernels?: KernelChoice | undefined;
}

const NAMES: readonly string[] = ["nonlinearity", "readoutActivation", "rnn", "type", "kernels"];

/**
 * A PyTorch state dict as a model: nn.RNN (of several layers) or nn.RNNCell, or a row of them, and then at most one
 * nn.Linear; without one the hidden states are the outputs. Names may have any prefix.
 *
 *     h_t = σ(W_ih x_t + b_ih + W_hh h_{t−1} + b_hh): W_xh = W_ih, W_hh = W_hh, b_h = b_ih + b_hh
 *
 * float16 and bfloat16 are read as float32, exactly.
 * @throws UnsupportedError for modules of other kinds (gated, bidirectional, embeddings, …) and types other than
 * floating-point; ShapeError, ValueError for tensors that do not fit or are missing; OptionError
 */
export function fromPyTorch(tensors: NamedTensors<Tensor>, options: FromPyTorchOptions = {}): SequenceModel {
  const { nonlinearity = "tanh", readoutActivation = identity, kernels } = options;
  for (const [name, value] of Object.entries(options))
    if (!NAMES.includes(name))
      throw new OptionError(WHERE, name, value, `no such option: ${NAMES.join(", ")}`);
  if (nonlinearity !== "tanh" && nonlinearity !== "relu")
    throw new OptionError(WHERE, "nonlinearity", nonlinearity, '"tanh" or "relu"');
  const all = new Map(entriesOf(tensors));
  for (const [name, tensor] of all) checkTensor(WHERE, `tensor ${quote(name)}`, tensor);
  const { recurrent, linear } = sortIntoModules(WHERE, all);
  const activation = nonlinearity === "tanh" ? tanh : relu;
  const layers: LayerWeights[] = [];
  for (const each of recurrentOrder(WHERE, recurrent, options.rnn))
    layers.push(layerOf(each, layers.at(-1)?.W_hh.rows, activation));
  const { rows: n } = layers[layers.length - 1].W_hh;
  const readout = readoutOf(linear, n, readoutActivation);
  return modelOfStack(layers, readout, options.type ?? commonType(WHERE, all), kernels);
}

/** `inputSize` is known above the first layer. */
function layerOf(
  { module, name, tensors }: { module: string; name: (own: string) => string; tensors: RecurrentTensors },
  inputSize: number | undefined,
  activation: Activation,
): LayerWeights {
  const needed = (own: keyof RecurrentTensors): Named => {
    const found = tensors[own];
    if (!found) throw new ValueError(WHERE, `tensor ${quote(name(own))}`, undefined, "a tensor");
    return found;
  };
  const [n = Number.NaN, recurrentSize = Number.NaN] = needed("weight_hh").tensor.shape;
  if (n > 0 && (n === 3 * recurrentSize || n === 4 * recurrentSize)) {
    const kind = n === 3 * recurrentSize ? "a GRU" : "an LSTM";
    const problem = `${quote(module)} is ${kind}: ${quote(name("weight_hh"))} is ${n}×${recurrentSize}`;
    throw new UnsupportedError(WHERE, problem, undefined, { rule: "gated", module });
  }
  const W_hh = matrixOf(needed("weight_hh"), recurrentSize, recurrentSize);
  const W_xh = matrixOf(needed("weight_ih"), n, inputSize);
  const withBias = tensors.bias_ih !== undefined || tensors.bias_hh !== undefined;
  const b_h = withBias ? sum(rowOf(needed("bias_ih"), n), rowOf(needed("bias_hh"), n)) : undefined;
  return { W_xh, W_hh, b_h, activation };
}

/** a + b in float64. Where one of two numbers is a zero the other one is kept as it is, −0 too. */
function sum(a: FloatArray, b: FloatArray): FloatArray {
  return Float64Array.from(a, (value, i) => (b[i] === 0 ? value : value === 0 ? b[i] : value + b[i]));
}

function readoutOf(
  modules: ReadonlyMap<string, LinearTensors>,
  n: number,
  activation: Activation,
): LinearWeights | undefined {
  if (modules.size > 1) {
    const names = [...modules.keys()].map(quote).join(", ");
    const problem = `there are ${modules.size} modules beside the recurrent ones (${names}), expected one nn.Linear behind them`;
    throw new UnsupportedError(WHERE, problem, undefined, { rule: "modules", modules: [...modules.keys()] });
  }
  for (const [module, { weight, bias }] of modules) {
    if (!weight) throw new ValueError(WHERE, `weight of ${quote(module)}`, undefined, "a tensor");
    const W = matrixOf(weight, undefined, n);
    return { W, b: bias && rowOf(bias, W.rows), activation };
  }
  return undefined;
}

function matrixOf({ name, tensor }: Named, rows: number | undefined, columns: number | undefined): Matrix {
  const [r = 0, c = 0] = tensor.shape;
  const fits = tensor.shape.length === 2 && r === (rows ?? r) && c === (columns ?? c) && r > 0 && c > 0;
  if (!fits) throw new ShapeError(WHERE, name, tensor.shape, [rows ?? "rows", columns ?? "columns"]);
  return { data: floatsOf(WHERE, name, tensor), rows: r, columns: c, rowStride: c, columnStride: 1 };
}

function rowOf({ name, tensor }: Named, length: number): FloatArray {
  if (tensor.shape.length !== 1 || tensor.shape[0] !== length)
    throw new ShapeError(WHERE, name, tensor.shape, [length]);
  return floatsOf(WHERE, name, tensor);
}
