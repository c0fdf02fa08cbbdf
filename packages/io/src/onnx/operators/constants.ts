import { fixed } from "../axes.ts";
import type { Operator } from "../node-context.ts";
import { typeName } from "../tensor.ts";
import { isShaped, type Numbers, sizesOf } from "../values.ts";

/** Longer lists of integers have nothing to do with shapes. */
const MOST_INTEGERS = 64;

export const constant: Operator = {
  attributes: ["value", "value_float", "value_floats", "value_int", "value_ints"],
  inputs: [0, 0],
  run(node) {
    const tensor = node.tensor("value");
    if (tensor) return tensor;
    const ints = node.ints("value_ints");
    if (ints) return { kind: "sizes", single: false, sizes: ints.map(fixed) };
    if (node.has("value_int"))
      return { kind: "sizes", single: true, sizes: [fixed(node.int("value_int", 0))] };
    const floats = node.floats("value_floats");
    if (floats) return float32s(floats, [floats.length]);
    if (node.has("value_float")) return float32s([node.float("value_float", 0)], []);
    throw node.malformed("missing-field", "has no value");
  },
};

function float32s(values: readonly number[], shape: readonly number[]): Numbers {
  const data = Float32Array.from(values);
  return { kind: "numbers", type: "float32", data, offset: 0, shape, strides: shape.map(() => 1) };
}

/** ConstantOfShape: zero unless given. */
export const constantOfShape: Operator = {
  attributes: ["value"],
  inputs: [1, 1],
  run(node) {
    const { sizes } = node.sizes(0);
    const value = node.tensor("value");
    if (value?.kind === "sizes") {
      const [count] = node.known(0);
      if (value.sizes.length !== 1 || sizes.length !== 1 || !(count >= 0 && count <= MOST_INTEGERS))
        throw node.unsupported("structure", "fills more than a short list with integers");
      return { kind: "sizes", single: false, sizes: Array.from({ length: count }, () => value.sizes[0]) };
    }
    if (value && value.data.length !== 1)
      throw node.malformed("shape", `has ${value.data.length} values, expected 1`);
    return { kind: "filled", value: value ? value.data[value.offset] : 0, sizes };
  },
};

export const identity: Operator = { attributes: [], inputs: [1, 1], run: (node) => node.input(0) };

/** Cast: between types of integers, of an input to tokens, or to what it is already. */
export const cast: Operator = {
  attributes: ["to"],
  inputs: [1, 1],
  run(node) {
    const to = typeName(node.int("to", 0));
    const value = node.input(0);
    const integer = to === "INT64" || to === "INT32";
    if (value.kind === "sizes" && integer) return value;
    if (value.kind === "signal" && integer) {
      const { source, linear, activation } = value;
      if (value.type === "token") return value;
      if (source.from === "input" && !linear.A && !linear.c && !activation && source.entry === undefined)
        return { ...value, type: "token", source: { ...source, tokens: true } };
    }
    const type = { FLOAT: "float32", DOUBLE: "float64" }[to];
    if ((value.kind === "signal" || value.kind === "numbers") && value.type === type) return value;
    if (value.kind === "filled" && type) return value;
    throw node.unsupported("structure", `makes ${to} of something else`);
  },
};

/** Shape, from `start` to `end`. */
export const shape: Operator = {
  attributes: ["start", "end"],
  inputs: [1, 1],
  run(node) {
    const value = node.input(0);
    if (!isShaped(value)) throw node.unexpected(0, "something whose shape is known", value);
    const sizes = sizesOf(value);
    const [start, end] = [node.int("start", 0), node.int("end", sizes.length)];
    return { kind: "sizes", single: false, sizes: sizes.slice(start, end) };
  },
};
