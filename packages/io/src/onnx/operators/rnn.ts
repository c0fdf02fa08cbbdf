import type { Activation } from "@unroll/activations";
import type { ElementType } from "@unroll/kernels";
import { fromOnnx } from "../activations.ts";
import { type Dimension, sameAxes, sizeOf } from "../axes.ts";
import { added, applied, type Matrix, matrixOf, UNCHANGED } from "../linear-map.ts";
import type { LayerParts } from "../network.ts";
import type { NodeContext, Operator } from "../node-context.ts";
import { type Numbers, numberAt, type Signal, stridesOf, type Value } from "../values.ts";

/**
 * RNN: h_t = f(W x_t + R h_{t-1} + Wb + Rb), forward. The dimensions of Y are time, direction, batch, features, those
 * of Y_h direction, batch, features. With layout 1 the batch comes first.
 */
export const rnn: Operator = {
  attributes: [
    "activations",
    "activation_alpha",
    "activation_beta",
    "clip",
    "direction",
    "hidden_size",
    "layout",
  ],
  inputs: [3, 6],
  run(node) {
    const direction = node.text("direction", "forward");
    if (direction !== "forward") throw node.unsupported("direction", `runs ${direction}; read is forward`);
    if (node.optional(4) !== undefined)
      throw node.unsupported("sequence-lens", "has sequence_lens: sequences of different lengths");
    const X = node.signal(0);
    const W = node.numbers(1);
    const R = node.numbers(2);
    const H = node.int("hidden_size", R.shape.at(-1) ?? 0);
    const I = W.shape.at(-1) ?? 0;
    checkNumbers(node, "W", W, X, [1, H, I]);
    checkNumbers(node, "R", R, X, [1, H, H]);
    if (H < 1 || I < 1) throw node.malformed("shape", `has ${H} units and ${I} inputs`);
    const batchFirst = node.int("layout", 0) === 1;
    const axes = connect(node, X, I, batchFirst);

    const { budget, layers } = node.network;
    const bias = node.optional(3) && biasOf(node, node.numbers(3), X, H);
    budget.takeBytes((W.type === "float32" ? 4 : 8) * (H * H + H * I + H));
    const projected = applied(matrixOf(W), X.linear, budget);
    const { A, c } = bias ? added(projected, bias) : projected;
    layers.push({
      W_xh: A as Matrix,
      W_hh: matrixOf(R),
      b_h: c,
      activation: activationOf(node),
      initial: initialOf(node, X, H, axes.batch, batchFirst),
    });
    return outputsOf(layers.length - 1, W.type, H, axes, batchFirst);
  },
};

function checkNumbers(
  node: NodeContext,
  name: string,
  { type, shape }: Numbers,
  X: Signal,
  expected: readonly number[],
): void {
  if (shape.length !== expected.length || shape.some((size, d) => size !== expected[d]))
    throw node.malformed("shape", `has ${name} of ${shape.join("×")}, expected ${expected.join("×")}`);
  if (type !== X.type) throw node.malformed("data-type", `has ${name} of ${type} for inputs of ${X.type}`);
}

interface Axes {
  readonly time: Dimension;
  readonly batch: Dimension;
}

/** X must be what the layer below gives, or for the first layer an input. Says which of its dimensions are which. */
function connect(node: NodeContext, X: Signal, I: number, batchFirst: boolean): Axes {
  const { network } = node;
  const { source, dimensions, last, activation, features } = X;
  if (dimensions.length !== 3)
    throw node.malformed("shape", `has inputs of ${dimensions.length} dimensions, expected 3`);
  if (activation)
    throw node.unsupported(
      "structure",
      `reads what ${activation.name} gives: between layers only linear maps are read`,
    );
  if (last) throw node.unsupported("structure", "reads the last step of another layer");
  const width = sizeOf(dimensions[2]);
  if (width.axes.length === 0 && width.factor !== I)
    throw node.malformed("shape", `has weights for ${I} inputs, but there are ${width.factor}`);
  if (features && !sameAxes(dimensions[2], [features]))
    throw node.unsupported("structure", "reads features that do not stand in the last dimension");
  const axes = { time: dimensions[batchFirst ? 1 : 0], batch: dimensions[batchFirst ? 0 : 1] };
  const { input, layers } = network;
  if (source.from === "input") {
    if (source.entry !== undefined) throw node.unsupported("structure", "reads a part of an input");
    if (layers.length > 0)
      throw node.unsupported(
        "structure",
        "reads an input besides the first layer: layers stand in one stack",
      );
    const { name, tokens } = source;
    network.input = { name, tokens, type: X.type as ElementType, ...axes };
  } else {
    if (source.index !== layers.length - 1)
      throw node.unsupported("structure", "does not read the layer before it: layers stand in one stack");
    if (!input || !sameAxes(axes.time, input.time) || !sameAxes(axes.batch, input.batch))
      throw node.unsupported("structure", "takes other dimensions for time and batch than the first layer");
  }
  return axes;
}

/** Wb + Rb. */
function biasOf(node: NodeContext, B: Numbers, X: Signal, H: number): Float64Array {
  checkNumbers(node, "B", B, X, [1, 2 * H]);
  return Float64Array.from({ length: H }, (_, i) => numberAt(B, 0, i) + numberAt(B, 0, H + i));
}

function activationOf(node: NodeContext): Activation {
  const names = node.texts("activations") ?? ["Tanh"];
  if (names.length !== 1) throw node.malformed("attribute", `has ${names.length} activations, expected 1`);
  const clip = node.has("clip") ? node.float("clip", 0) : undefined;
  if (clip !== undefined && !(clip > 0)) throw node.malformed("attribute", `has a clip of ${clip}`);
  const alpha = node.floats("activation_alpha")?.[0];
  const beta = node.floats("activation_beta")?.[0];
  const limit = clip === Number.POSITIVE_INFINITY ? undefined : clip;
  const activation = fromOnnx({ name: names[0], alpha, beta, clip: limit });
  if (!activation) {
    const parameters = [alpha, beta].filter((value) => value !== undefined).join(", ");
    throw node.unsupported("activation", `has the activation ${names[0]}(${parameters})`);
  }
  return activation;
}

/** h_0: undefined if it is zero. */
function initialOf(
  node: NodeContext,
  X: Signal,
  H: number,
  batch: Dimension,
  batchFirst: boolean,
): LayerParts["initial"] {
  const value = node.optional(5);
  if (value === undefined || (value.kind === "filled" && value.value === 0)) return undefined;
  if (value.kind === "numbers") {
    const rows = value.shape[batchFirst ? 0 : 1] ?? 0;
    checkNumbers(node, "initial_h", value, X, batchFirst ? [rows, 1, H] : [1, rows, H]);
    const size = sizeOf(batch);
    if (rows === 0 || (rows !== 1 && size.axes.length === 0 && size.factor !== rows))
      throw node.malformed("shape", `has initial_h for ${rows} sequences, but there are ${size.factor}`);
    return isZero(value) ? undefined : value;
  }
  if (
    value.kind !== "signal" ||
    value.source.from !== "input" ||
    value.linear !== UNCHANGED ||
    value.source.tokens
  )
    throw node.unsupported("structure", "has initial_h that are no numbers, nor an input, nor zero");
  const sizes = value.dimensions.map(sizeOf);
  const expected = batchFirst ? [undefined, 1, H] : [1, undefined, H];
  const agrees = sizes.every(
    ({ factor, axes }, d) => axes.length > 0 || expected[d] === undefined || factor === expected[d],
  );
  if (sizes.length !== 3 || !agrees)
    throw node.malformed("shape", "has initial_h of another shape than its states");
  return value.source;
}

function isZero({ data, offset, shape, strides }: Numbers): boolean {
  const dense = stridesOf(shape);
  const count = shape.reduce((all, size) => all * size, 1);
  for (let i = 0; i < count; i++) {
    const at = dense.reduce(
      (sum, stride, d) => sum + (Math.floor(i / stride) % shape[d]) * strides[d],
      offset,
    );
    if (data[at] !== 0) return false;
  }
  return true;
}

function outputsOf(
  index: number,
  type: ElementType,
  H: number,
  { time, batch }: Axes,
  batchFirst: boolean,
): Value[] {
  const features = { size: H };
  const signal = (dimensions: readonly Dimension[], last: boolean): Signal => ({
    kind: "signal",
    type,
    source: { from: "layer", index },
    dimensions,
    linear: UNCHANGED,
    features,
    last,
    activation: undefined,
    before: undefined,
  });
  return batchFirst
    ? [signal([batch, time, [], [features]], false), signal([batch, [], [features]], true)]
    : [signal([time, [], batch, [features]], false), signal([[], batch, [features]], true)];
}
