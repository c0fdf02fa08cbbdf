import { type Activation, gelu, hardTanh, logSoftmax, selu, silu, softmax } from "@unroll/activations";
import { fromOnnx } from "../activations.ts";
import { sameAxes } from "../axes.ts";
import type { NodeContext, Operator } from "../node-context.ts";
import type { Signal } from "../values.ts";

/** An operator that is one of the activations an RNN node may have, too. */
export function elementwiseOperator(name: string, parameters: readonly string[] = []): Operator {
  return {
    attributes: parameters,
    inputs: [1, 1],
    run(node) {
      const [alpha, beta] = parameters.map((each) => (node.has(each) ? node.float(each, 0) : undefined));
      const activation = fromOnnx({ name, alpha, beta });
      if (!activation) throw node.unsupported("activation", `has the parameters ${alpha}, ${beta}`);
      return activated(node, node.signal(0), activation);
    },
  };
}

/** Selu, with the constants of its paper only. */
export const seluOperator: Operator = {
  attributes: ["alpha", "gamma"],
  inputs: [1, 1],
  run(node) {
    const usual = (name: string, value: number): boolean =>
      Math.fround(node.float(name, value)) === Math.fround(value);
    if (!usual("alpha", 1.6732631921768188) || !usual("gamma", 1.0507010221481323))
      throw node.unsupported("activation", "has constants of its own");
    return activated(node, node.signal(0), selu);
  },
};

/** Clip to [−1, 1], which is hardTanh. The limits are inputs since version 11. */
export const clip: Operator = {
  attributes: ["min", "max"],
  inputs: [1, 3],
  run(node) {
    const limit = (place: number, name: string): number => {
      if (node.has(name)) return node.float(name, 0);
      if (node.optional(place) === undefined) return Number.NaN;
      const { data, offset, shape } = node.numbers(place);
      return shape.length === 0 ? data[offset] : Number.NaN;
    };
    const [least, most] = [limit(1, "min"), limit(2, "max")];
    if (least !== -1 || most !== 1)
      throw node.unsupported("activation", `limits to ${least} … ${most}, read is -1 … 1`);
    return activated(node, node.signal(0), hardTanh);
  },
};

export const geluOperator: Operator = {
  attributes: ["approximate"],
  inputs: [1, 1],
  run(node) {
    if (node.text("approximate", "none") !== "none")
      throw node.unsupported("activation", "is the form with tanh");
    return activated(node, node.signal(0), gelu);
  },
};

/** Softmax, LogSoftmax: over the last dimension. Before version 13 over all from `axis` on, 1 unless given. */
function rowOperator(activation: Activation): Operator {
  return {
    attributes: ["axis"],
    inputs: [1, 1],
    run(node) {
      const X = node.signal(0);
      const count = X.dimensions.length;
      const axis = node.place(node.int("axis", node.opset < 13 ? 1 : -1), count, "the axis");
      const features = X.dimensions[count - 1];
      if (axis !== count - 1 || !X.features || !sameAxes(features, [X.features]))
        throw node.unsupported("structure", "runs over something else than the features");
      return activated(node, X, activation);
    },
  };
}

export const softmaxOperator: Operator = /* @__PURE__ */ rowOperator(softmax);
export const logSoftmaxOperator: Operator = /* @__PURE__ */ rowOperator(logSoftmax);

/** z · sigmoid(z), or undefined if the factors are not that. */
export function siluOf(a: Signal, b: Signal): Signal | undefined {
  const [z, s] = a.activation ? [b, a] : [a, b];
  const fits = s.activation?.name === "sigmoid" && s.before === z;
  return fits ? { ...z, activation: silu, before: z } : undefined;
}

function activated(node: NodeContext, X: Signal, activation: Activation): Signal {
  if (X.activation)
    throw node.unsupported(
      "structure",
      `works on what ${X.activation.name} gives: a network has one readout`,
    );
  if (X.source.from === "input")
    throw node.unsupported("structure", "stands before the first layer: only linear maps are read there");
  return { ...X, activation, before: X };
}
