import { isOne } from "../axes.ts";
import type { NodeContext, Operator } from "../node-context.ts";
import { isShaped, rearranged, type Shaped, type Sizes, sizesOf, type Value } from "../values.ts";

export const transpose: Operator = {
  attributes: ["perm"],
  inputs: [1, 1],
  run(node) {
    const value = shaped(node, node.input(0));
    const count = sizesOf(value).length;
    const order = node.ints("perm") ?? Array.from({ length: count }, (_, d) => count - 1 - d);
    if (order.length !== count || new Set(order).size !== count || order.some((d) => !(d >= 0 && d < count)))
      throw node.malformed("shape", `orders ${count} dimensions as ${order.join(", ")}`);
    return rearranged(value, order);
  },
};

/** Squeeze: drops dimensions of size 1. The axes are an input since version 13. */
export const squeeze: Operator = {
  attributes: ["axes"],
  inputs: [1, 2],
  run(node) {
    const value = node.input(0);
    const axes = node.intsOrInput("axes", 1);
    if (value.kind === "sizes") {
      if (value.sizes.length !== 1)
        throw node.malformed("shape", `drops a dimension of ${value.sizes.length}`);
      return otherForm(node, value, axes, true);
    }
    const sizes = sizesOf(shaped(node, value));
    const dropped = axes
      ? axes.map((axis) => node.place(axis, sizes.length, "the axis"))
      : sizes.flatMap((size, d) => (isOne(size) ? [d] : []));
    for (const d of dropped) {
      if (isOne(sizes[d])) continue;
      if (sizes[d].axes.length > 0)
        throw node.unsupported("structure", `drops dimension ${d}, whose size is not known`);
      throw node.malformed("shape", `drops dimension ${d} of size ${sizes[d].factor}`);
    }
    return rearranged(
      shaped(node, value),
      sizes.flatMap((_, d) => (dropped.includes(d) ? [] : [d])),
    );
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
    if (value.kind === "sizes") return otherForm(node, value, axes, false);
    const count = sizesOf(shaped(node, value)).length + axes.length;
    const places = new Set(axes.map((axis) => node.place(axis, count, "the axis")));
    if (places.size !== axes.length) throw node.malformed("shape", `has the axes ${axes.join(", ")}`);
    let next = 0;
    const order = Array.from({ length: count }, (_, d) => (places.has(d) ? undefined : next++));
    return rearranged(shaped(node, value), order);
  },
};

/** A single integer as a list, or a list of one as a single integer. */
function otherForm(
  node: NodeContext,
  value: Sizes,
  axes: readonly number[] | undefined,
  single: boolean,
): Sizes {
  if (value.single === single || (axes && (axes.length !== 1 || (axes[0] !== 0 && axes[0] !== -1))))
    throw node.unsupported("structure", "gives integers another shape than that of a list or a single one");
  return { ...value, single };
}

function shaped(node: NodeContext, value: Value): Shaped {
  if (isShaped(value)) return value;
  throw node.unexpected(0, "numbers of the file or what the network computes", value);
}
