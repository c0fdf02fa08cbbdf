import { fixed, isOne, product, quotient, regroup, type Size, sameSize } from "../axes.ts";
import type { NodeContext, Operator } from "../node-context.ts";
import { type Filled, isDense, isShaped, type Numbers, type Sizes, sizesOf, stridesOf } from "../values.ts";

/** Reshape: −1 is what is left, 0 the size that stood there before (unless `allowzero`). */
export const reshape: Operator = {
  attributes: ["allowzero"],
  inputs: [2, 2],
  run(node) {
    const value = node.input(0);
    if (value.kind === "sizes") return reshapedSizes(node, value, node.known(1));
    if (!isShaped(value)) throw node.unexpected(0, "numbers of the file or what the network computes", value);
    const old = sizesOf(value);
    const zeroCopies = !node.flag("allowzero", false);
    const copies = ({ factor }: Size): boolean => factor === 0 && zeroCopies;
    const target = node.sizes(1).sizes.map((size, d) => {
      if (!copies(size)) return size;
      if (d >= old.length)
        throw node.malformed("shape", `copies the size of dimension ${d}, which is not there`);
      return old[d];
    });
    if (target.filter(isRest).length > 1 || target.some(({ factor }) => factor < -1))
      throw node.malformed("shape", "has sizes below 0");
    if (value.kind !== "signal") return reshaped(node, value, filledIn(node, old, target));
    const dimensions = regroup(value.dimensions, target);
    if (!dimensions) throw node.unsupported("structure", "splits or mixes dimensions");
    return { ...value, dimensions };
  },
};

function isRest({ factor, axes }: Size): boolean {
  return factor === -1 && axes.length === 0;
}

function reshapedSizes(node: NodeContext, value: Sizes, target: readonly number[]): Sizes {
  const { length } = value.sizes;
  const fits = target.length === 0 ? length === 1 : target[0] === -1 || target[0] === length;
  if (target.length > 1 || !fits)
    throw node.unsupported("structure", "gives integers another shape than that of a list or a single one");
  return { ...value, single: target.length === 0 };
}

/** The sizes with what is left instead of −1; their product is that of the old ones. */
function filledIn(node: NodeContext, old: readonly Size[], target: readonly Size[]): Size[] {
  const rest = quotient(product(old), product(target.filter((size) => !isRest(size))));
  const open = target.findIndex(isRest);
  if (!rest || (open < 0 && !isOne(rest)))
    throw node.malformed("shape", `gives ${old.length} dimensions sizes with another product`);
  return open < 0 ? [...target] : target.with(open, rest);
}

function reshaped(node: NodeContext, value: Numbers | Filled, sizes: readonly Size[]): Numbers | Filled {
  if (value.kind === "filled") return { ...value, sizes };
  const shape = sizes.map(({ factor }) => factor);
  return { ...dense(node, value), shape, strides: stridesOf(shape) };
}

/** The same numbers, one behind the other. */
export function dense(node: NodeContext, value: Numbers): Numbers {
  if (isDense(value)) return value;
  const { shape, strides, offset, data, type } = value;
  const count = shape.reduce((all, size) => all * size, 1);
  node.network.budget.takeBytes(data.BYTES_PER_ELEMENT * count);
  node.network.budget.takeWork(8 * count);
  const copy = type === "float32" ? new Float32Array(count) : new Float64Array(count);
  const steps = stridesOf(shape);
  for (let i = 0; i < count; i++) {
    let at = offset;
    for (let d = 0; d < shape.length; d++) at += (Math.floor(i / steps[d]) % shape[d]) * strides[d];
    copy[i] = data[at];
  }
  return { ...value, data: copy, offset: 0, strides: steps };
}

/** Expand: repeats dimensions of size 1. Over dimensions whose size is not known, numbers stay as they are. */
export const expand: Operator = {
  attributes: [],
  inputs: [2, 2],
  run(node) {
    const value = node.input(0);
    const wanted = node.sizes(1).sizes;
    if (value.kind !== "filled" && value.kind !== "numbers")
      throw node.unexpected(0, "numbers of the file", value);
    const own = sizesOf(value);
    const count = Math.max(wanted.length, own.length);
    const fromEnd = <T>(of: readonly T[], d: number, otherwise: T): T =>
      of[of.length - count + d] ?? otherwise;
    const sizes = Array.from({ length: count }, (_, d) => {
      const [old, next] = [fromEnd(own, d, fixed(1)), fromEnd(wanted, d, fixed(1))];
      if (!isOne(old) && !isOne(next) && !sameSize(old, next))
        throw node.malformed("shape", `repeats a dimension ${d} that is not of size 1`);
      return isOne(old) ? next : old;
    });
    if (value.kind === "filled") return { ...value, sizes };
    const shape = sizes.map(({ factor, axes }) => (axes.length > 0 ? 1 : factor));
    const strides = shape.map((size, d) =>
      fromEnd(value.shape, d, 1) === size ? fromEnd(value.strides, d, 0) : 0,
    );
    if (shape.some((size) => size < 0)) throw node.malformed("shape", "has sizes below 0");
    node.network.budget.takeBytes(8 * shape.reduce((all, size) => all * size, 1));
    return { ...value, shape, strides };
  },
};
