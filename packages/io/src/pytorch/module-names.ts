import { quote, UnsupportedError } from "../errors.ts";
import type { Tensor } from "../tensor.ts";

/** The tensors of one recurrent layer. */
export interface RecurrentTensors {
  weight_ih?: Named;
  weight_hh?: Named;
  bias_ih?: Named;
  bias_hh?: Named;
}

/** The tensors of a module that has a weight and perhaps a bias. */
export interface LinearTensors {
  weight?: Named;
  bias?: Named;
}

export interface Named {
  readonly name: string;
  readonly tensor: Tensor;
}

/** A state dict by modules: the part of a name before its last dot. */
export interface Modules {
  /** Layers of each recurrent module, by number; those of an nn.RNNCell have none. */
  readonly recurrent: ReadonlyMap<string, ReadonlyMap<number | undefined, RecurrentTensors>>;
  readonly linear: ReadonlyMap<string, LinearTensors>;
}

const RECURRENT = /^(weight|bias)_(ih|hh)(?:_l(0|[1-9]\d{0,5}))?$/;

/**
 * Sorts the tensors of a state dict into modules by their names, whatever comes before the last dot.
 * @throws UnsupportedError for names that no nn.RNN, nn.RNNCell or nn.Linear has
 */
export function sortIntoModules(where: string, tensors: ReadonlyMap<string, Tensor>): Modules {
  const recurrent = new Map<string, Map<number | undefined, RecurrentTensors>>();
  const linear = new Map<string, LinearTensors>();
  for (const [name, tensor] of tensors) {
    const dot = name.lastIndexOf(".");
    const module = name.slice(0, Math.max(0, dot));
    const own = name.slice(dot + 1);
    const named: Named = { name, tensor };
    const [, part, of, number] = RECURRENT.exec(own) ?? [];
    if (part) {
      const layers = recurrent.get(module) ?? new Map<number | undefined, RecurrentTensors>();
      recurrent.set(module, layers);
      const layer = number === undefined ? undefined : Number(number);
      layers.set(layer, { ...layers.get(layer), [`${part}_${of}`]: named });
    } else if (own === "weight" || own === "bias") {
      linear.set(module, { ...linear.get(module), [own]: named });
    } else {
      throw new UnsupportedError(where, whyNot(name, own), undefined, { rule: "name", name });
    }
  }
  return { recurrent, linear };
}

function whyNot(name: string, own: string): string {
  if (own.endsWith("_reverse")) return `${quote(name)} belongs to a bidirectional module`;
  if (own.startsWith("weight_hr")) return `${quote(name)} belongs to an nn.LSTM with a projection`;
  return `${quote(name)} belongs to no nn.RNN, nn.RNNCell or nn.Linear`;
}
