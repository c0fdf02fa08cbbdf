import { OptionError, ValueError } from "@unroll/kernels";
import type { SequenceModel } from "@unroll/model";
import { type Layer, layersOf, readoutOf } from "../elman-stack.ts";
import { tensorOf } from "../model-file.ts";
import type { Tensor } from "../tensor.ts";

const WHERE = "toPyTorch";

export interface ToPyTorchOptions {
  /**
   * Name of the recurrent module, "rnn" unless given: one nn.RNN with all layers. A list of names, one for each layer, is
   * one nn.RNN of one layer for each.
   */
  readonly rnn?: string | readonly string[] | undefined;
  /** True: layers are nn.RNNCell, those of one name in an nn.ModuleList of it unless there is one layer only. */
  readonly cells?: boolean | undefined;
  /** Name of the nn.Linear, "fc" unless given; false leaves the readout out. */
  readonly readout?: string | false | undefined;
}

const NAMES: readonly string[] = ["rnn", "cells", "readout"];

/**
 * A model as a PyTorch state dict, which `load_state_dict` takes: weight_ih = W_xh, weight_hh = W_hh, bias_ih = b_h,
 * bias_hh = 0; weight = W_hy, bias = b_y. `fromPyTorch` gives the same bits back. Activations are no part of a state
 * dict: the module needs the right `nonlinearity`, and what follows the nn.Linear is up to the program.
 * @throws ValueError for what these modules cannot hold: cells that are no Elman cells or have activations other than
 * tanh and relu; in one nn.RNN, layers of different sizes, activations or with and without bias. OptionError
 */
export function toPyTorch(model: SequenceModel, options: ToPyTorchOptions = {}): Map<string, Tensor> {
  for (const [name, value] of Object.entries(options))
    if (!NAMES.includes(name))
      throw new OptionError(WHERE, name, value, `no such option: ${NAMES.join(", ")}`);
  const { readout = "fc" } = options;
  const layers = layersOf(WHERE, model);
  for (const [l, { activation }] of layers.entries())
    if (activation !== "tanh" && activation !== "relu")
      throw new ValueError(
        WHERE,
        `activation of cell ${l}`,
        activation,
        '"tanh" or "relu", as nn.RNN has them',
      );
  const tensors = new Map<string, Tensor>();
  for (const [l, { prefix, suffix }] of placesOf(layers, options).entries()) {
    const { W_xh, W_hh, b_h } = layers[l];
    const put = (own: string, tensor: Tensor): unknown => tensors.set(`${prefix}${own}${suffix}`, tensor);
    put("weight_ih", tensorOf(W_xh));
    put("weight_hh", tensorOf(W_hh));
    if (!b_h) continue;
    const bias = tensorOf(b_h, [b_h.columns]);
    put("bias_ih", bias);
    put("bias_hh", { ...bias, data: bias.data.map(() => 0 as never) } as Tensor);
  }
  if (readout === false) return tensors;
  const { W_hy, b_y } = readoutOf(model);
  const prefix = prefixOf(readout);
  if (tensors.has(`${prefix}weight`)) throw new OptionError(WHERE, "readout", readout, "another name");
  tensors.set(`${prefix}weight`, tensorOf(W_hy));
  if (b_y) tensors.set(`${prefix}bias`, tensorOf(b_y, [b_y.columns]));
  return tensors;
}

interface Place {
  readonly prefix: string;
  readonly suffix: string;
}

/** What stands before and behind the names of each layer's tensors. */
function placesOf(layers: readonly Layer[], { rnn = "rnn", cells = false }: ToPyTorchOptions): Place[] {
  const each = typeof rnn === "string" ? undefined : rnn;
  if (each && (each.length !== layers.length || new Set(each).size < each.length))
    throw new OptionError(WHERE, "rnn", each, `a name for each of the ${layers.length} layers`);
  if (cells) {
    const name = (l: number): string => (layers.length === 1 ? String(rnn) : `${prefixOf(String(rnn))}${l}`);
    return layers.map((_, l) => ({ prefix: prefixOf(each ? each[l] : name(l)), suffix: "" }));
  }
  if (each) return each.map((name) => ({ prefix: prefixOf(name), suffix: "_l0" }));
  checkAlike(layers);
  return layers.map((_, l) => ({ prefix: prefixOf(String(rnn)), suffix: `_l${l}` }));
}

/** An nn.RNN has one size, one nonlinearity, and biases everywhere or nowhere. */
function checkAlike([first, ...rest]: readonly Layer[]): void {
  const alike = ({ W_hh, activation, b_h }: Layer): string =>
    `${W_hh.rows} units with ${activation}${b_h ? "" : " and no bias"}`;
  for (const [l, layer] of rest.entries())
    if (alike(layer) !== alike(first)) {
      const expected = `${alike(first)}, as in cell 0; or a list of names as option rnn, for a module each`;
      throw new ValueError(WHERE, `cell ${l + 1}`, alike(layer), expected);
    }
}

function prefixOf(module: string): string {
  return module === "" ? "" : `${module}.`;
}
