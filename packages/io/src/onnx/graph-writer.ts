import type { ElementType, FloatArray } from "@unroll/kernels";
import { isLittleEndian, swapBytes } from "../byte-order.ts";
import { WireWriter } from "./wire-writer.ts";

/** Numbers of types in `TensorProto.DataType`. */
const FLOAT = 1;
const INT64 = 7;
const DOUBLE = 11;

/** The value of an attribute. A number is a float; `{ int }` is an integer. */
type AttributeValue = string | number | { readonly int: number } | readonly string[] | readonly number[];

/** A dimension: its size, or the name that all dimensions of that size have. */
type Dimension = number | string;

/** Builds a `GraphProto`, part by part. Field numbers are those of onnx.proto; see `schema.ts`. */
export class GraphWriter {
  readonly #type: ElementType;
  readonly #nodes = new WireWriter();
  readonly #initializers = new WireWriter();
  readonly #inputs = new WireWriter();
  readonly #outputs = new WireWriter();

  constructor(type: ElementType) {
    this.#type = type;
  }

  node(
    operator: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: Readonly<Record<string, AttributeValue | undefined>> = {},
  ): void {
    const node = new WireWriter();
    for (const name of inputs) node.string(1, name);
    for (const name of outputs) node.string(2, name);
    node.string(3, `make_${outputs[0]}`).string(4, operator);
    for (const [name, value] of Object.entries(attributes))
      if (value !== undefined) node.message(5, attribute(name, value));
    this.#nodes.message(1, node);
  }

  /** Numbers of the model's type, row-major. */
  numbers(name: string, shape: readonly number[], values: FloatArray): void {
    const single = this.#type === "float32";
    const data = single ? Float32Array.from(values) : Float64Array.from(values);
    const bytes = new Uint8Array(data.buffer);
    if (!isLittleEndian()) swapBytes(bytes, single ? 4 : 8);
    this.#initializers.message(5, tensor(name, shape, single ? FLOAT : DOUBLE, bytes));
  }

  integers(name: string, values: readonly number[]): void {
    const bytes = new Uint8Array(8 * values.length);
    const view = new DataView(bytes.buffer);
    for (const [i, value] of values.entries()) view.setBigInt64(8 * i, BigInt(value), true);
    this.#initializers.message(5, tensor(name, [values.length], INT64, bytes));
  }

  input(name: string, shape: readonly Dimension[], type: "numbers" | "tokens" = "numbers"): void {
    this.#inputs.message(11, this.#valueInfo(name, shape, type));
  }

  output(name: string, shape: readonly Dimension[]): void {
    this.#outputs.message(12, this.#valueInfo(name, shape, "numbers"));
  }

  finish(name: string): WireWriter {
    const graph = new WireWriter();
    graph.append(this.#nodes).string(2, name);
    return graph.append(this.#initializers).append(this.#inputs).append(this.#outputs);
  }

  #valueInfo(name: string, shape: readonly Dimension[], type: "numbers" | "tokens"): WireWriter {
    const dimensions = new WireWriter();
    for (const size of shape) {
      const dimension = new WireWriter();
      if (typeof size === "number") dimension.integer(1, size);
      else dimension.string(2, size);
      dimensions.message(1, dimension);
    }
    const number = this.#type === "float32" ? FLOAT : DOUBLE;
    const tensorType = new WireWriter().integer(1, type === "tokens" ? INT64 : number).message(2, dimensions);
    return new WireWriter().string(1, name).message(2, new WireWriter().message(1, tensorType));
  }
}

function tensor(name: string, shape: readonly number[], type: number, bytes: Uint8Array): WireWriter {
  const writer = new WireWriter();
  for (const size of shape) writer.integer(1, size);
  return writer.integer(2, type).string(8, name).bytes(9, bytes);
}

/** With its `type`: 1 float, 2 int, 3 string, 6 floats, 7 ints, 8 strings. */
function attribute(name: string, value: AttributeValue): WireWriter {
  const writer = new WireWriter().string(1, name);
  if (typeof value === "number") return writer.float(2, value).integer(20, 1);
  if (typeof value === "string") return writer.string(4, value).integer(20, 3);
  if ("int" in value) return writer.integer(3, value.int).integer(20, 2);
  for (const each of value) {
    if (typeof each === "string") writer.string(9, each);
    else writer.float(7, each);
  }
  return writer.integer(20, typeof value[0] === "string" ? 8 : 6);
}
