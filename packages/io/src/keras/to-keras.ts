import { transpose } from "@unroll/linalg";
import type { SequenceModel } from "@unroll/model";
import { layersOf, readoutOf } from "../elman-stack.ts";
import { tensorOf } from "../model-file.ts";
import type { Tensor } from "../tensor.ts";

/**
 * The parameters of a model as Keras keeps those of SimpleRNN layers and a Dense: arr_0, arr_1, … in the order of
 * `model.get_weights()`, matrices turned round. `fromKeras` gives the same bits back. Activations are no part of it.
 * @throws ValueError if a cell is no Elman cell
 */
export function toKeras(model: SequenceModel): Map<string, Tensor> {
  const tensors = new Map<string, Tensor>();
  const put = (tensor: Tensor): unknown => tensors.set(`arr_${tensors.size}`, tensor);
  for (const { W_xh, W_hh, b_h } of layersOf("toKeras", model)) {
    put(tensorOf(transpose(W_xh)));
    put(tensorOf(transpose(W_hh)));
    if (b_h) put(tensorOf(b_h, [b_h.columns]));
  }
  const { W_hy, b_y } = readoutOf(model);
  put(tensorOf(transpose(W_hy)));
  if (b_y) put(tensorOf(b_y, [b_y.columns]));
  return tensors;
}
