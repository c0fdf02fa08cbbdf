import { type Dimension, fixed, regroup, type Size, sizeOf } from "../axes.ts";
import type { NodeContext, Operator } from "../node-context.ts";
import { isDense, type Numbers, type Signal, type Sizes, stridesOf, type Value } from "../values.ts";

export const transpose: Operator = {
  attributes: ["perm"],
  inputs: [1, 1],
  run(node) {
    const value = node.input(0);
    if (value.kind === "filled") return value;
    if (value.kind !== "numbers" && value.kind !== "signal") throw unexpected(node, value);
    const count = value.kind === "numbers" ? value.shape.length : value.dimensions.length;
    const order = node.ints("perm") ?? Array.from({ length: count }, (_, d) => count - 1 - d);
    if (order.length !== count || new Set(order).size !== count || order.some((d) => !(d >= 0 && d < count)))
      throw node.malformed("shape", `orders ${count} dimensions as ${order.join(", ")}`);
    if (value.kind === "signal") return { ...value, dimensions: order.map((d) => value.dimensions[d]) };
    return {
      ...value,
      shape: order.map((d) => value.shape[d]),
      strides: order.map((d) => value.strides[d]),
    };
  },
};

/** Squeeze: drops dimensions of size 1. The axes are an input since version 13. */
export const squeeze: Operator = {
  attributes: ["axes"],
  inputs: [1, 2],
  run(node) {
    const value = node.input(0);
    const axes = node.intsOrInput("axes", 1);
    if (value.kind === "filled" && axes) return { ...value, rank: value.rank - axes.length };
    if (value.kind === "sizes") {
      if (value.sizes.length !== 1)
        throw node.malformed("shape", `drops a dimension of ${value.sizes.length}`);
      return { ...value, single: true };
    }
    if (value.kind !== "numbers" && value.kind !== "signal") throw unexpected(node, value);
    const sizes: Size[] = value.kind === "numbers" ? value.shape.map(fixed) : value.dimensions.map(sizeOf);
    const isOne = ({ factor, axes: unknown }: Size): boolean => factor === 1 && unknown.length === 0;
    const dropped = axes
      ? axes.map((axis) => node.place(axis, sizes.length, "the axis"))
      : sizes.flatMap((size, d) => (isOne(size) ? [d] : []));
    for (const d of dropped) {
      if (isOne(sizes[d])) continue;
      if (sizes[d].axes.length > 0)
        throw node.unsupported("structure", `drops dimension ${d}, whose size is not known`);
      throw node.malformed("shape", `drops dimension ${d} of size ${sizes[d].factor}`);
    }
    const kept = <T>(of: readonly T[]): T[] => of.filter((_, d) => !dropped.includes(d));
    return value.kind === "signal"
      ? { ...value, dimensions: kept(value.dimensions) }
      : { ...value, shape: kept(value.shape), strides: kept(value.strides) };
  },
};

/** Unsqueeze: new dimensions of size 1, at places of the result. The axes are an input since version 13. */
export const unsqueeze: Operator = {
  attributes: ["axes"],
  inputs: [1, 2],
  run(node) {
    const value = node.input(0);
    const axes = node.intsOrInput("axes", 1);
    if (!axes) throw node.malformed("missing-field", "has no axes");
    if (value.kind === "filled") return { ...value, rank: value.rank + axes.length };
    if (value.kind === "sizes") {
      if (!value.single || axes.length !== 1) throw unexpected(node, value);
      return { ...value, single: false };
    }
    if (value.kind !== "numbers" && value.kind !== "signal") throw unexpected(node, value);
    const count = (value.kind === "numbers" ? value.shape : value.dimensions).length + axes.length;
    const places = new Set(axes.map((axis) => node.place(axis, count, "the axis")));
    if (places.size !== axes.length) throw node.malformed("shape", `has the axes ${axes.join(", ")}`);
    const spread = <T>(of: readonly T[], one: T): T[] => {
      const rest = of[Symbol.iterator]();
      return Array.from({ length: count }, (_, d) => (places.has(d) ? one : (rest.next().value as T)));
    };
    return value.kind === "signal"
      ? { ...value, dimensions: spread<Dimension>(value.dimensions, []) }
      : { ...value, shape: spread(value.shape, 1), strides: spread(value.strides, 0) };
  },
};

/** Reshape: −1 is what is left, 0 the size that stood there before (unless `allowzero`). */
export const reshape: Operator = {
  attributes: ["allowzero"],
  inputs: [2, 2],
  run(node) {
    const value = node.input(0);
    if (value.kind === "sizes") {
      const target = node.known(1);
      if (target.length > 1) throw unexpected(node, value);
      return { ...value, single: target.length === 0 };
    }
    if (value.kind === "filled") return { ...value, rank: node.sizes(1).sizes.length };
    if (value.kind !== "numbers" && value.kind !== "signal") throw unexpected(node, value);
    const old: Size[] = value.kind === "numbers" ? value.shape.map(fixed) : value.dimensions.map(sizeOf);
    const { sizes } = node.sizes(1);
    const target = sizes.map((size, d) => {
      const copies = size.factor === 0 && node.int("allowzero", 0) === 0;
      if (copies && d >= old.length)
        throw node.malformed("shape", `copies the size of dimension ${d}, which is not there`);
      return copies ? old[d] : size;
    });
    if (target.filter(({ factor }) => factor === -1).length > 1 || target.some(({ factor }) => factor < -1))
      throw node.malformed("shape", "has sizes below 0");
    return value.kind === "numbers"
      ? reshapedNumbers(node, value, target)
      : reshapedSignal(node, value, target);
  },
};

function reshapedSignal(node: NodeContext, value: Signal, target: readonly Size[]): Signal {
  const dimensions = regroup(value.dimensions, target);
  if (!dimensions) throw node.unsupported("structure", "splits or mixes dimensions");
  return { ...value, dimensions };
}

function reshapedNumbers(node: NodeContext, value: Numbers, target: readonly Size[]): Numbers {
  const count = value.shape.reduce((all, size) => all * size, 1);
  const shape = target.map(({ factor, axes }) => {
    if (axes.length > 0) throw node.unsupported("structure", "gives numbers a shape that is not known");
    return factor;
  });
  const rest = shape.indexOf(-1);
  if (rest >= 0) shape[rest] = count / shape.reduce((all, size) => all * (size === -1 ? 1 : size), 1);
  const product = shape.reduce((all, size) => all * size, 1);
  if (product !== count || !shape.every(Number.isSafeInteger))
    throw node.malformed("shape", `makes ${shape.join("×")} of ${count} numbers`);
  const dense = isDense(value) ? value : copied(node, value, count);
  return { ...dense, shape, strides: stridesOf(shape) };
}

/** The same numbers, one behind the other. */
function copied(node: NodeContext, value: Numbers, count: number): Numbers {
  const { shape, strides, offset, data, type } = value;
  node.network.budget.takeBytes(data.BYTES_PER_ELEMENT * count);
  node.network.budget.takeWork(8 * count);
  const copy = type === "float32" ? new Float32Array(count) : new Float64Array(count);
  const dense = stridesOf(shape);
  for (let i = 0; i < count; i++) {
    let at = offset;
    for (let d = 0; d < shape.length; d++) at += (Math.floor(i / dense[d]) % shape[d]) * strides[d];
    copy[i] = data[at];
  }
  return { ...value, data: copy, offset: 0, strides: dense };
}

/** Expand: repeats dimensions of size 1. Over dimensions whose size is not known, numbers stay as they are. */
export const expand: Operator = {
  attributes: [],
  inputs: [2, 2],
  run(node) {
    const value = node.input(0);
    const { sizes } = node.sizes(1);
    if (value.kind === "filled") return { ...value, rank: Math.max(value.rank, sizes.length) };
    if (value.kind !== "numbers") throw unexpected(node, value);
    const count = Math.max(sizes.length, value.shape.length);
    const fromEnd = <T>(of: readonly T[], d: number, otherwise: T): T =>
      of[of.length - count + d] ?? otherwise;
    const shape: number[] = [];
    const strides: number[] = [];
    for (let d = 0; d < count; d++) {
      const own = fromEnd(value.shape, d, 1);
      const { factor, axes } = fromEnd(sizes, d, fixed(1));
      const wanted = axes.length > 0 ? 1 : factor;
      if (own !== 1 && wanted !== 1 && own !== wanted)
        throw node.malformed("shape", `repeats a dimension of ${own} to ${wanted}`);
      shape.push(own === 1 ? wanted : own);
      strides.push(own === 1 ? 0 : fromEnd(value.strides, d, 0));
    }
    node.network.budget.takeBytes(8 * shape.reduce((all, size) => all * size, 1));
    return { ...value, shape, strides };
  },
};

/** Concat: of sizes, of numbers, or of final states along the first dimension. */
export const concat: Operator = {
  attributes: ["axis"],
  inputs: [1, 64],
  run(node) {
    const values = node.all();
    if (values.length === 1) return values[0];
    if (values.every((value) => value.kind === "sizes")) {
      const sizes = values.flatMap((value) => value.sizes);
      if (sizes.length > 64) throw node.unsupported("limit", "makes a list of more than 64 integers");
      return { kind: "sizes", single: false, sizes };
    }
    const axis = node.int("axis", 0);
    if (values.every((value) => value.kind === "numbers")) return concatenated(node, values, axis);
    const states = values.every(
      (value) =>
        value.kind === "signal" &&
        value.last &&
        value.source.from === "layer" &&
        value.dimensions[0]?.length === 0,
    );
    if (!states || (axis !== 0 && axis !== -3))
      throw node.unsupported(
        "structure",
        "puts together something else than shapes, numbers or final states",
      );
    return { kind: "states", items: values as readonly Signal[] };
  },
};

function concatenated(node: NodeContext, parts: readonly Numbers[], axis: number): Numbers {
  const [first] = parts;
  const d = node.place(axis, first.shape.length, "the axis");
  for (const { shape, type } of parts) {
    const fits =
      shape.length === first.shape.length && shape.every((size, i) => i === d || size === first.shape[i]);
    if (!fits || type !== first.type)
      throw node.malformed("shape", `puts together ${first.shape.join("×")} and ${shape.join("×")}`);
  }
  const shape = first.shape.with(
    d,
    parts.reduce((all, part) => all + part.shape[d], 0),
  );
  const [outer, inner] = [shape.slice(0, d), shape.slice(d + 1)].map((sizes) =>
    sizes.reduce((all, size) => all * size, 1),
  );
  const count = outer * shape[d] * inner;
  node.network.budget.takeBytes(first.data.BYTES_PER_ELEMENT * count);
  const data = first.type === "float32" ? new Float32Array(count) : new Float64Array(count);
  let start = 0;
  for (const part of parts) {
    const length = part.shape[d] * inner;
    const from = isDense(part) ? part : copied(node, part, outer * length);
    for (let o = 0; o < outer; o++)
      data.set(
        from.data.subarray(from.offset + o * length, from.offset + (o + 1) * length),
        o * shape[d] * inner + start,
      );
    start += length;
  }
  return { ...first, data, offset: 0, shape, strides: stridesOf(shape) };
}

function unexpected(node: NodeContext, value: Value | Sizes): Error {
  return node.unexpected(0, "numbers of the file or what the network computes", value);
}
