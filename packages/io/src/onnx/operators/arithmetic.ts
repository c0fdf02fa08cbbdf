import { product, type Size } from "../axes.ts";
import type { Operator } from "../node-context.ts";
import { siluOf } from "./readout.ts";

/** Mul: of sizes, or z · sigmoid(z). */
export const mul: Operator = {
  attributes: [],
  inputs: [2, 2],
  run(node) {
    const [a, b] = [node.input(0), node.input(1)];
    if (a.kind === "signal" && b.kind === "signal") {
      const silu = siluOf(a, b);
      if (silu) return silu;
      throw node.unsupported("structure", "multiplies two values that depend on the network's inputs");
    }
    const x = node.sizes(0);
    const y = node.sizes(1);
    const length = Math.max(x.sizes.length, y.sizes.length);
    const at = (sizes: readonly Size[], i: number): Size => sizes[sizes.length === 1 ? 0 : i];
    if ([x, y].some(({ sizes }) => sizes.length !== 1 && sizes.length !== length))
      throw node.malformed("shape", `multiplies ${x.sizes.length} by ${y.sizes.length} integers`);
    const sizes = Array.from({ length }, (_, i) => checked(product([at(x.sizes, i), at(y.sizes, i)])));
    return { kind: "sizes", single: x.single && y.single, sizes };
    function checked(size: Size): Size {
      if (size.axes.length <= 16) return size;
      throw node.unsupported("limit", "multiplies the sizes of too many axes");
    }
  },
};

/** ReduceProd: of a list of sizes. */
export const reduceProd: Operator = {
  attributes: ["axes", "keepdims", "noop_with_empty_axes"],
  inputs: [1, 2],
  run(node) {
    const { sizes, single } = node.sizes(0);
    const axes = node.intsOrInput("axes", 1);
    if (single || (axes && (axes.length !== 1 || (axes[0] !== 0 && axes[0] !== -1))))
      throw node.unsupported("structure", "multiplies something else than the integers of a list");
    if (!axes && node.flag("noop_with_empty_axes", false)) return { kind: "sizes", single, sizes };
    const all = product(sizes);
    if (all.axes.length > 16) throw node.unsupported("limit", "multiplies the sizes of too many axes");
    return { kind: "sizes", single: !node.flag("keepdims", true), sizes: [all] };
  },
};
