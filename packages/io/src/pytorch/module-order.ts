import { OptionError, ValueError } from "@unroll/kernels";
import { quote } from "../errors.ts";
import type { Modules, RecurrentTensors } from "./module-names.ts";

/** A recurrent layer at its place. */
export interface PlacedLayer {
  readonly module: string;
  /** The whole name of one of its tensors. */
  readonly name: (own: string) => string;
  readonly tensors: RecurrentTensors;
}

/**
 * The recurrent layers from below. A state dict doesn't say in which order modules run, and files sort their tensors:
 * so several modules must be numbered (`cells.0`, `cells.1`, …; `rnn1`, `rnn2`), or `names` must say it.
 */
export function recurrentOrder(
  where: string,
  modules: Modules["recurrent"],
  names: string | readonly string[] | undefined,
): PlacedLayer[] {
  if (modules.size === 0)
    throw new ValueError(where, "the state dict", "without weight_hh", "an nn.RNN or nn.RNNCell");
  const found = [...modules.keys()].map(quote).join(", ");
  const order = typeof names === "string" ? [names] : (names ?? numbered([...modules.keys()]));
  if (!order) {
    const expected = `the order of ${found}: their names do not say it`;
    throw new OptionError(where, "rnn", undefined, expected);
  }
  const same = order.length === modules.size && new Set(order).size === order.length;
  if (!same || order.some((module) => !modules.has(module)))
    throw new OptionError(where, "rnn", order, `each of ${found} once`);
  return order.flatMap((module) => layersOf(where, module, modules.get(module)!));
}

/** Modules whose names differ by a number only, by that number. */
function numbered(names: readonly string[]): string[] | undefined {
  if (names.length === 1) return [...names];
  const parts = names.map((name) => /^(.*?)(\d{1,9})$/.exec(name));
  const stems = new Set(parts.map((part) => part?.[1]));
  const numbers = new Set(parts.map((part) => Number(part?.[2])));
  if (stems.size > 1 || stems.has(undefined) || numbers.size < names.length) return undefined;
  const place = (name: string): number => Number(/\d+$/.exec(name)?.[0]);
  return [...names].sort((a, b) => place(a) - place(b));
}

function layersOf(
  where: string,
  module: string,
  layers: ReadonlyMap<number | undefined, RecurrentTensors>,
): PlacedLayer[] {
  const prefix = module === "" ? "" : `${module}.`;
  const single = layers.get(undefined);
  if (single) {
    if (layers.size > 1)
      throw new ValueError(where, `module ${quote(module)}`, "an nn.RNNCell and an nn.RNN", "one of them");
    return [{ module, name: (own) => prefix + own, tensors: single }];
  }
  return Array.from({ length: layers.size }, (_, l) => {
    const name = (own: string): string => `${prefix}${own}_l${l}`;
    const tensors = layers.get(l);
    if (!tensors) throw new ValueError(where, `tensor ${quote(name("weight_hh"))}`, undefined, "a tensor");
    return { module, name, tensors };
  });
}
