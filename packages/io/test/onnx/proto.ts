/** What stands in a field: an integer, a text, bytes, a message, a number of four or eight bytes. */
export type Content =
  | number
  | bigint
  | string
  | Uint8Array
  | readonly Field[]
  | { f32: number }
  | { f64: number };

/** A field of a protobuf message. */
export interface Field {
  readonly number: number;
  readonly content: Content;
  /** Where it begins is where an error must point. */
  readonly marked?: boolean;
  /** Instead of the wire type of the content. */
  readonly wire?: number;
  /** Added to the length that stands before the content. */
  readonly longer?: bigint;
  /** Bytes instead of all that. */
  readonly raw?: Uint8Array;
}

export function field(number: number, content: Content, rest: Partial<Field> = {}): Field {
  return { number, content, ...rest };
}

/** The same field, with the mark. */
export function marked(of: Field): Field {
  return { ...of, marked: true };
}

export function varint(value: number | bigint, padded = 1): number[] {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  for (; rest > 127n || bytes.length < padded - 1; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
  return bytes;
}

export interface Encoded {
  readonly bytes: Uint8Array;
  /** Where the marked field begins, or −1. */
  readonly mark: number;
}

const encoder = new TextEncoder();

/** The bytes of a message. Right or wrong: it writes what it is told. */
export function encode(fields: readonly Field[]): Encoded {
  const pieces: (readonly number[] | Uint8Array)[] = [];
  let size = 0;
  let mark = -1;
  const push = (...more: (readonly number[] | Uint8Array)[]): void => {
    for (const piece of more) {
      pieces.push(piece);
      size += piece.length;
    }
  };
  for (const { number, content, marked, wire, longer = 0n, raw } of fields) {
    if (marked) mark = size;
    if (raw) {
      push(raw);
      continue;
    }
    const tag = (usual: number): number[] => varint(BigInt(number) * 8n + BigInt(wire ?? usual));
    if (typeof content === "number" || typeof content === "bigint") push(tag(0), varint(content));
    else if (typeof content === "object" && "f32" in content)
      push(tag(5), new Uint8Array(Float32Array.of(content.f32).buffer));
    else if (typeof content === "object" && "f64" in content)
      push(tag(1), new Uint8Array(Float64Array.of(content.f64).buffer));
    else {
      const inner = innerOf(content as string | Uint8Array | readonly Field[]);
      push(tag(2), varint(BigInt(inner.bytes.length) + longer));
      if (inner.mark >= 0) mark = size + inner.mark;
      push(inner.bytes);
    }
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return { bytes, mark };
}

function innerOf(content: string | Uint8Array | readonly Field[]): Encoded {
  if (typeof content === "string") return { bytes: encoder.encode(content), mark: -1 };
  return content instanceof Uint8Array ? { bytes: content, mark: -1 } : encode(content);
}

/** Numbers as the bytes of float32. */
export function float32(...values: number[]): Uint8Array {
  return new Uint8Array(Float32Array.from(values).buffer);
}

export function int64(...values: number[]): Uint8Array {
  return new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
}

/** Numbers as the messages of ONNX want them. */
const FLOAT = 1;
export const INT64 = 7;
export const DOUBLE = 11;

export function tensor(
  name: string,
  dims: readonly number[],
  data: Uint8Array,
  type: number = FLOAT,
): Field[] {
  return [...dims.map((size) => field(1, size)), field(2, type), field(8, name), field(9, data)];
}

/** Numbers from 0.1 on, as many as the dimensions say. */
export function floats(name: string, ...dims: number[]): Field[] {
  const count = dims.reduce((product, size) => product * size, 1);
  return tensor(name, dims, float32(...Array.from({ length: count }, (_, i) => 0.1 + 0.05 * i)));
}

type AttributeValue =
  | { i: number }
  | { f: number }
  | { s: string }
  | { ints: number[] }
  | { floats: number[] }
  | { strings: string[] }
  | { t: Field[] };

export function attribute(name: string, value: AttributeValue): Field {
  const parts: Field[] = [field(1, name)];
  if ("i" in value) parts.push(field(3, value.i), field(20, 2));
  if ("f" in value) parts.push(field(2, { f32: value.f }), field(20, 1));
  if ("s" in value) parts.push(field(4, value.s), field(20, 3));
  if ("t" in value) parts.push(field(5, value.t), field(20, 4));
  if ("floats" in value) parts.push(...value.floats.map((each) => field(7, { f32: each })), field(20, 6));
  if ("ints" in value) parts.push(...value.ints.map((each) => field(8, each)), field(20, 7));
  if ("strings" in value) parts.push(...value.strings.map((each) => field(9, each)), field(20, 8));
  return field(5, parts);
}

export function node(
  op: string,
  inputs: readonly string[],
  outputs: readonly string[],
  ...rest: Field[]
): Field[] {
  return [
    ...inputs.map((name) => field(1, name)),
    ...outputs.map((name) => field(2, name)),
    field(3, `a ${op}`),
    field(4, op),
    ...rest,
  ];
}

/** A dimension is a size, or a name, or not known. */
export function valueInfo(
  name: string,
  dims: readonly (number | string | undefined)[],
  type: number = FLOAT,
): Field[] {
  const shape = dims.map((size) =>
    field(1, size === undefined ? [] : typeof size === "number" ? [field(1, size)] : [field(2, size)]),
  );
  return [field(1, name), field(2, [field(1, [field(1, type), field(2, shape)])])];
}

/** The parts of a model, each as the fields of its message. */
export interface Parts {
  nodes: Field[];
  initializers: Field[];
  inputs: Field[];
  outputs: Field[];
  /** Further fields of the graph and of the model. */
  graph: Field[];
  model: Field[];
  opsets: Field[];
  irVersion: Field[];
}

/** A layer of three units on two inputs, a readout of two, softmax: right, for the cases to break. */
export function goodParts(): Parts {
  return {
    nodes: [
      field(
        1,
        node(
          "RNN",
          ["x", "W", "R", "B", "", "h0"],
          ["Y", "Y_h"],
          attribute("hidden_size", { i: 3 }),
          attribute("activations", { strings: ["Tanh"] }),
        ),
      ),
      field(1, node("Squeeze", ["Y", "one"], ["states"])),
      field(1, node("MatMul", ["states", "V"], ["product"])),
      field(1, node("Add", ["product", "c"], ["logits"])),
      field(1, node("Softmax", ["logits"], ["y"], attribute("axis", { i: -1 }))),
    ],
    initializers: [
      field(5, floats("W", 1, 3, 2)),
      field(5, floats("R", 1, 3, 3)),
      field(5, floats("B", 1, 6)),
      field(5, floats("V", 3, 2)),
      field(5, floats("c", 2)),
      field(5, tensor("one", [1], int64(1), INT64)),
    ],
    inputs: [field(11, valueInfo("x", ["T", "B", 2])), field(11, valueInfo("h0", [1, "B", 3]))],
    outputs: [field(12, valueInfo("y", ["T", "B", 2])), field(12, valueInfo("Y_h", [1, "B", 3]))],
    graph: [field(2, "a graph")],
    model: [field(2, "a test")],
    opsets: [field(8, [field(1, ""), field(2, 13)])],
    irVersion: [field(1, 7)],
  };
}

export function fileOf({
  nodes,
  initializers,
  inputs,
  outputs,
  graph,
  model,
  opsets,
  irVersion,
}: Parts): Encoded {
  const ofGraph = [...nodes, ...graph, ...initializers, ...inputs, ...outputs];
  return encode([...irVersion, ...model, field(7, ofGraph), ...opsets]);
}
