import type { Activation } from "@unroll/activations";
import type { ElementType } from "@unroll/kernels";
import { fromOnnx } from "../activations.ts";
import { type Dimension, fixed, type Size, sameAxes, sameSize, sizeOf } from "../axes.ts";
import { added, applied, type Matrix, matrixOf, UNCHANGED } from "../linear-map.ts";
import type { LayerParts } from "../network.ts";
import type { NodeContext, Operator } from "../node-context.ts";
import { isShaped, type Numbers, numberAt, type Signal, sizesOf, stridesOf, type Value } from "../values.ts";

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
    const batchFirst = node.flag("layout", false);
    const axes = connect(node, X, I, batchFirst);

    const { budget, layers } = node.network;
    const bias = node.optional(3) && biasOf(node, node.numbers(3), X, H);
    const projected = applied(matrixOf(W), X.linear, budget);
    const W_xh = projected.A as Matrix;
    const { c } = bias ? added(projected, bias) : projected;
    budget.takeBytes((W.type === "float32" ? 4 : 8) * H * (H + W_xh.columns + 1));
    layers.push({
      W_xh,
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
  if (value === undefined) return undefined;
  if (!isShaped(value)) throw node.unexpected(5, "states to start from", value);
  const sizes = sizesOf(value);
  const expected = batchFirst ? [sizeOf(batch), fixed(1), fixed(H)] : [fixed(1), sizeOf(batch), fixed(H)];
  if (sizes.length !== 3 || !sizes.every((size, d) => mayBe(size, expected[d], value.kind === "signal")))
    throw node.malformed("shape", `has initial_h of another shape than ${H} units for each sequence`);
  if (value.kind === "filled" && value.value === 0) return undefined;
  if (value.kind === "numbers") {
    if (value.type !== X.type) throw node.malformed("data-type", `has initial_h of ${value.type}`);
    return isZero(value) ? undefined : value;
  }
  const { source, linear, type } =
    value.kind === "signal" ? value : { source: undefined, linear: undefined, type: "" };
  if (source?.from !== "input" || linear !== UNCHANGED || type !== X.type)
    throw node.unsupported("structure", "has initial_h that are no numbers, nor an input, nor zero");
  return source;
}

/**
 * Whether a size is, or can be, the expected one: known sizes must agree. What is known where the other is not makes
 * a file that runs for so many sequences only, or states that go for all. An input may turn out to be of any size.
 */
function mayBe(size: Size, expected: Size, isInput: boolean): boolean {
  const known = size.axes.length === 0;
  if (known && expected.axes.length > 0) return size.factor > 0;
  return sameSize(size, expected) || (isInput && !known);
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
