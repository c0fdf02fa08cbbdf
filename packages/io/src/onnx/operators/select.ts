import { fixed, sameAxes, sizeOf } from "../axes.ts";
import { matrixOf, transposed, UNCHANGED } from "../linear-map.ts";
import type { NodeContext, Operator } from "../node-context.ts";
import {
  type Numbers,
  rearranged,
  type Shaped,
  type Signal,
  type Sizes,
  sizesOf,
  type Value,
} from "../values.ts";

/** Gather: the rows of a table that tokens ask for, or one entry of a dimension. */
export const gather: Operator = {
  attributes: ["axis"],
  inputs: [2, 2],
  run(node) {
    const data = node.input(0);
    const indices = node.input(1);
    const axis = node.int("axis", 0);
    if (indices.kind === "signal") return embedded(node, node.numbers(0), indices, axis);
    const known = node.known(1);
    if (data.kind === "sizes") {
      checkList(node, data, axis);
      const sizes = known.map((index) => data.sizes[node.place(index, data.sizes.length, "the index")]);
      return { kind: "sizes", single: node.sizes(1).single, sizes };
    }
    if (known.length !== 1) throw node.unsupported("structure", `takes ${known.length} entries, read is 1`);
    const [index] = known;
    const keep = !node.sizes(1).single;
    return range(node, data, axis, index, index === -1 ? Number.POSITIVE_INFINITY : index + 1, keep);
  },
};

/** A token v becomes row v of the table: column v of the transposed one, a linear map of tokens as unit vectors. */
function embedded(node: NodeContext, table: Numbers, tokens: Signal, axis: number): Signal {
  checkTokens(node, tokens);
  if (axis !== 0 || table.shape.length !== 2)
    throw node.unsupported("structure", "looks tokens up in something else than the rows of a table");
  const features = { size: table.shape[1] };
  const linear = { A: transposed(matrixOf(table)), c: undefined };
  if (features.size < 1 || table.shape[0] < 1)
    throw node.malformed("shape", "looks tokens up in an empty table");
  return { ...tokens, type: table.type, dimensions: [...tokens.dimensions, [features]], linear, features };
}

/** OneHot: unit vectors of tokens. */
export const oneHot: Operator = {
  attributes: ["axis"],
  inputs: [3, 3],
  run(node) {
    const tokens = node.signal(0);
    checkTokens(node, tokens);
    const [depth] = node.known(1);
    const { type, data, offset, shape, strides } = node.numbers(2);
    const count = tokens.dimensions.length + 1;
    const axis = node.place(node.int("axis", -1), count, "the axis");
    if (axis !== count - 1) throw node.unsupported("structure", "puts the features elsewhere than last");
    if (shape.length !== 1 || shape[0] !== 2)
      throw node.malformed("shape", `has values of ${shape.join("×")}, expected 2`);
    if (data[offset] !== 0 || data[offset + strides[0]] !== 1)
      throw node.unsupported("structure", "has other values than 0 and 1");
    if (!(Number.isSafeInteger(depth) && depth >= 1))
      throw node.malformed("shape", `has a depth of ${depth}`);
    const features = { size: depth };
    return { ...tokens, type, dimensions: [...tokens.dimensions, [features]], features };
  },
};

function checkTokens(node: NodeContext, { type, source }: Signal): void {
  if (type !== "token" || source.from !== "input" || source.entry !== undefined)
    throw node.unsupported("structure", "takes as tokens something else than an input");
}

/** Slice: all of a dimension, or one entry of it. */
export const slice: Operator = {
  attributes: ["starts", "ends", "axes"],
  inputs: [1, 5],
  run(node) {
    const starts = node.intsOrInput("starts", 1) ?? [];
    const ends = node.intsOrInput("ends", 2) ?? [];
    const axes = node.intsOrInput("axes", 3) ?? starts.map((_, d) => d);
    const steps = node.optional(4) ? node.known(4) : [];
    if (starts.length !== ends.length || axes.length !== starts.length)
      throw node.malformed(
        "shape",
        `has ${starts.length} starts, ${ends.length} ends and ${axes.length} axes`,
      );
    if (steps.some((step) => step !== 1)) throw node.unsupported("structure", "takes steps other than 1");
    return axes.reduce((value, axis, i) => range(node, value, axis, starts[i], ends[i], true), node.input(0));
  },
};

/** Entries `start` to `end` of a dimension, which is kept or, if one entry is left, may go. */
function range(
  node: NodeContext,
  value: Value,
  axis: number,
  start: number,
  end: number,
  keep: boolean,
): Value {
  if (value.kind === "states") return stateOf(node, value.items, axis, start, end, keep);
  if (value.kind === "sizes") {
    checkList(node, value, axis);
    return { ...value, sizes: value.sizes.slice(start, end) };
  }
  const sizes = sizesOf(value);
  const d = node.place(axis, sizes.length, "the axis");
  const { factor, axes } = sizes[d];
  // Of a size that is not known, the last entry and all entries are known.
  const open = axes.length > 0;
  if (open && !(start === -1 || (start === 0 && end >= 2 ** 31 - 1)))
    throw node.unsupported("structure", "takes a part of a dimension whose size is not known");
  const size = open ? Number.MAX_SAFE_INTEGER : factor;
  const [from, to] = clamp(node, start, end, size);
  const whole = from === 0 && to === size;
  if (whole && keep) return value;
  if (!keep && to - from !== 1) throw node.malformed("shape", `takes ${to - from} entries for one`);
  const one = part(node, value, d, from, to, whole);
  return keep
    ? one
    : rearranged(
        one,
        sizes.flatMap((_, other) => (other === d ? [] : [other])),
      );
}

function checkList(node: NodeContext, { single }: Sizes, axis: number): void {
  if (single || (axis !== 0 && axis !== -1)) throw node.malformed("shape", "takes a part of what is no list");
}

/** The same dimensions, with some entries of one of them. */
function part(node: NodeContext, value: Shaped, d: number, from: number, to: number, whole: boolean): Shaped {
  if (value.kind === "filled") return { ...value, sizes: value.sizes.with(d, fixed(to - from)) };
  if (value.kind === "numbers")
    return {
      ...value,
      offset: value.offset + from * value.strides[d],
      shape: value.shape.with(d, to - from),
    };
  if (whole) return value;
  const { source, linear, last } = value;
  const dimension = value.dimensions[d];
  const dimensions = value.dimensions.with(d, []);
  const { input } = node.network;
  if (to - from !== 1) throw node.unsupported("structure", `takes ${to - from} entries of a dimension`);
  if (source.from === "input" && d === 0 && linear === UNCHANGED && source.entry === undefined)
    return { ...value, dimensions, source: { ...source, entry: from } };
  const { factor, axes } = sizeOf(dimension);
  const isLast = axes.length > 0 || to === factor;
  if (isLast && input && source.from === "layer" && !last && sameAxes(dimension, input.time))
    return { ...value, dimensions, last: true };
  throw node.unsupported("structure", "takes an entry of a dimension; read is the last step of a layer");
}

function stateOf(
  node: NodeContext,
  items: readonly Signal[],
  axis: number,
  start: number,
  end: number,
  keep: boolean,
): Value {
  const [from, to] = clamp(node, start, end, items.length);
  if (axis !== 0 || to - from !== 1)
    throw node.unsupported("structure", "takes something else of the final states than those of one layer");
  const state = items[from];
  return keep ? state : { ...state, dimensions: state.dimensions.slice(1) };
}

/** Places as Slice counts them: from the end if negative, and no further than the dimension goes. */
function clamp(node: NodeContext, start: number, end: number, size: number): [from: number, to: number] {
  const inside = (place: number): number => Math.max(0, Math.min(size, place < 0 ? place + size : place));
  const [from, to] = [inside(start), inside(end)];
  if (to <= from) throw node.malformed("shape", `takes the entries ${start} to ${end} of ${size}`);
  return [from, to];
}
