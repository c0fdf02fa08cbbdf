import type { ElementType } from "@unroll/kernels";
import { sameAxes, sizeOf } from "../axes.ts";
import { added, applied, type Matrix, matrixOf, transposed } from "../linear-map.ts";
import type { NodeContext, Operator } from "../node-context.ts";
import type { Numbers, Signal } from "../values.ts";

/** MatMul: X W, where X is of the network and W, K×N, of the file. */
export const matMul: Operator = {
  attributes: [],
  inputs: [2, 2],
  run(node) {
    const W = node.numbers(1);
    if (W.shape.length !== 2)
      throw node.unsupported("structure", `multiplies by ${W.shape.length} dimensions, read are 2`);
    return mapped(node, node.signal(0), W, transposed(matrixOf(W)));
  },
};

/** Gemm: X W + c, where X is a matrix of the network. */
export const gemm: Operator = {
  attributes: ["alpha", "beta", "transA", "transB"],
  inputs: [2, 3],
  run(node) {
    const X = node.signal(0);
    const W = node.numbers(1);
    if (W.shape.length !== 2 || X.dimensions.length !== 2)
      throw node.malformed(
        "shape",
        `multiplies ${X.dimensions.length} by ${W.shape.length} dimensions, expected 2`,
      );
    if (node.flag("transA", false)) throw node.unsupported("attribute", "has transA");
    for (const factor of ["alpha", "beta"])
      if (node.float(factor, 1) !== 1) throw node.unsupported("attribute", `has ${factor}, read is 1`);
    const matrix = matrixOf(W);
    const product = mapped(node, X, W, node.flag("transB", false) ? matrix : transposed(matrix));
    const c = node.optional(2) && node.numbers(2);
    return c ? shifted(node, product, c) : product;
  },
};

/** Add: X + c, where X is of the network and c, one number or one for each feature, of the file. */
export const add: Operator = {
  attributes: [],
  inputs: [2, 2],
  run(node) {
    const first = node.input(0).kind === "signal" ? 0 : 1;
    return shifted(node, node.signal(first), node.numbers(1 - first));
  },
};

/** A, N×K, times the features of a signal. */
function mapped(node: NodeContext, X: Signal, { type }: Numbers, A: Matrix): Signal {
  checkLinear(node, X, type, A.columns);
  if (A.rows < 1) throw node.malformed("shape", "gives no features");
  const features = { size: A.rows };
  const dimensions = [...X.dimensions.slice(0, -1), [features]];
  return { ...X, dimensions, linear: applied(A, X.linear, node.network.budget), features };
}

/** A signal plus one number, or one for each feature. */
function shifted(node: NodeContext, X: Signal, c: Numbers): Signal {
  const count = c.shape.at(-1) ?? 1;
  if (c.shape.slice(0, -1).some((size) => size !== 1) || c.shape.length > X.dimensions.length)
    throw node.unsupported("structure", `adds numbers of ${c.shape.join("×")}, read is one for each feature`);
  const known = checkLinear(node, X, c.type, count === 1 ? undefined : count);
  const size = known ?? count;
  if (known === undefined && count === 1)
    throw node.unsupported("structure", "adds one number to features whose number is not known");
  node.network.budget.takeBytes(8 * size);
  const stride = count === 1 ? 0 : (c.strides.at(-1) as number);
  const features = { size };
  const dimensions = [...X.dimensions.slice(0, -1), [features]];
  const values = Float64Array.from({ length: size }, (_, i) => c.data[c.offset + i * stride]);
  return { ...X, dimensions, linear: added(X.linear, values), features };
}

/**
 * The last dimension of a signal must be its features, as many as expected, and nothing but linear maps may have
 * worked on them. Returns their number, if it is known.
 */
function checkLinear(
  node: NodeContext,
  { activation, type, dimensions, features }: Signal,
  expectedType: ElementType,
  expected: number | undefined,
): number | undefined {
  if (activation)
    throw node.unsupported("structure", `works on what ${activation.name} gives: a network has one readout`);
  if (type !== expectedType)
    throw node.malformed("data-type", `works on ${type} with numbers of ${expectedType}`);
  const last = dimensions.at(-1);
  if (last === undefined) throw node.malformed("shape", "works on a single number");
  if (features ? !sameAxes(last, [features]) : last.length > 1)
    throw node.unsupported("structure", "works on features that do not stand in the last dimension");
  const { factor, axes } = sizeOf(last);
  const size = axes.length > 0 ? undefined : factor;
  if (size !== undefined && expected !== undefined && size !== expected)
    throw node.malformed("shape", `expects ${expected} features, but there are ${size}`);
  return size;
}
