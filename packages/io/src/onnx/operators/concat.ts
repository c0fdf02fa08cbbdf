import type { NodeContext, Operator } from "../node-context.ts";
import { type Numbers, type Signal, stridesOf } from "../values.ts";
import { dense } from "./reshape.ts";

/** Concat: of sizes, of numbers, or of final states along the first dimension. */
export const concat: Operator = {
  attributes: ["axis"],
  inputs: [1, 64],
  run(node) {
    const values = node.all();
    if (values.length === 1) return values[0];
    const axis = node.int("axis", 0);
    if (values.every((value) => value.kind === "sizes")) {
      if ((axis !== 0 && axis !== -1) || values.some(({ single }) => single))
        throw node.malformed("shape", "puts together numbers that are no lists");
      const sizes = values.flatMap((value) => value.sizes);
      if (sizes.length > 64) throw node.unsupported("limit", "makes a list of more than 64 integers");
      return { kind: "sizes", single: false, sizes };
    }
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
    const from = dense(node, part);
    for (let o = 0; o < outer; o++)
      data.set(
        from.data.subarray(from.offset + o * length, from.offset + (o + 1) * length),
        o * shape[d] * inner + start,
      );
    start += length;
  }
  return { ...first, data, offset: 0, shape, strides: stridesOf(shape) };
}
