import type { Field } from "../../onnx/proto.ts";

/** An array of numbers: floats and integers alike. */
interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** A number in a file made an array so large that it is not worth running. */
export class TooLarge extends Error {}

type Attributes = ReadonlyMap<string, Field[]>;

const all = (fields: readonly Field[], number: number): Field["content"][] =>
  fields.filter((each) => each.number === number).map(({ content }) => content);
const messages = (fields: readonly Field[], number: number): Field[][] => all(fields, number) as Field[][];
const texts = (fields: readonly Field[], number: number): string[] =>
  all(fields, number).map((content) => new TextDecoder().decode(content as Uint8Array));
const text = (fields: readonly Field[], number: number): string => texts(fields, number)[0] ?? "";
const integers = (fields: readonly Field[], number: number): number[] =>
  all(fields, number).flatMap((content) =>
    typeof content === "bigint" ? [Number(content)] : packedIntegers(content as Uint8Array),
  );

function count(shape: readonly number[]): number {
  const product = shape.reduce((all, size) => all * size, 1);
  if (product > 100_000) throw new TooLarge();
  return product;
}

function packedIntegers(bytes: Uint8Array): number[] {
  const found: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++]!;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) break;
    }
    found.push(Number(BigInt.asIntN(64, value)));
  }
  return found;
}

function tensorOf(fields: readonly Field[]): Numbers {
  const shape = integers(fields, 1);
  const [type] = integers(fields, 2);
  const raw = all(fields, 9)[0] as Uint8Array | undefined;
  const packed = (all(fields, 4)[0] ?? all(fields, 10)[0]) as Uint8Array | undefined;
  const bytes = (raw ?? packed ?? new Uint8Array(0)).slice().buffer;
  const data =
    type === 1
      ? [...new Float32Array(bytes)]
      : type === 11
        ? [...new Float64Array(bytes)]
        : type === 7 && raw
          ? [...new BigInt64Array(bytes)].map(Number)
          : type === 6 && raw
            ? [...new Int32Array(bytes)]
            : [...integers(fields, 7), ...integers(fields, 5)];
  if (data.length !== count(shape)) throw new Error("a tensor of another size");
  return { shape, data };
}

/** Elements of an array whose place in another is a function of their index. */
function build(shape: readonly number[], at: (index: readonly number[]) => number): Numbers {
  const data: number[] = [];
  const index = shape.map(() => 0);
  for (let i = 0; i < count(shape); i++) {
    data.push(at(index));
    for (let d = shape.length - 1; d >= 0; d--) {
      index[d]!++;
      if (index[d]! < shape[d]!) break;
      index[d] = 0;
    }
  }
  return { shape: [...shape], data };
}

function get({ shape, data }: Numbers, index: readonly number[]): number {
  let at = 0;
  for (let d = 0; d < shape.length; d++) {
    if (!(index[d]! >= 0 && index[d]! < shape[d]!)) throw new Error("an index outside");
    at = at * shape[d]! + index[d]!;
  }
  return data[at]!;
}

/** Both arrays with the rules of NumPy for dimensions of size 1. */
function broadcast(a: Numbers, b: Numbers, of: (x: number, y: number) => number): Numbers {
  const rank = Math.max(a.shape.length, b.shape.length);
  const size = (x: Numbers, d: number): number => x.shape[x.shape.length - rank + d] ?? 1;
  const shape = Array.from({ length: rank }, (_, d) => {
    const [p, q] = [size(a, d), size(b, d)];
    if (p !== q && p !== 1 && q !== 1) throw new Error("shapes that do not fit");
    return p === 1 ? q : p;
  });
  const part = (x: Numbers, index: readonly number[]): number =>
    get(
      x,
      x.shape.map((n, d) => (n === 1 ? 0 : index[rank - x.shape.length + d]!)),
    );
  return build(shape, (index) => of(part(a, index), part(b, index)));
}

const ACTIVATIONS: Readonly<Record<string, (z: number, a: number, b: number) => number>> = {
  Relu: (z) => Math.max(z, 0),
  Tanh: (z) => Math.tanh(z),
  Sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  Softsign: (z) => z / (1 + Math.abs(z)),
  Softplus: (z) => (z > 30 ? z : Math.log1p(Math.exp(z))),
  LeakyRelu: (z, a) => (z >= 0 ? z : a * z),
  Elu: (z, a) => (z >= 0 ? z : a * Math.expm1(z)),
  ThresholdedRelu: (z, a) => (z > a ? z : 0),
  HardSigmoid: (z, a, b) => Math.max(0, Math.min(1, a * z + b)),
  Affine: (z, a, b) => a * z + b,
  ScaledTanh: (z, a, b) => a * Math.tanh(b * z),
  Selu: (z) => 1.0507009873554805 * (z > 0 ? z : 1.6732632423543772 * Math.expm1(z)),
};
const DEFAULTS: Readonly<Record<string, [number, number]>> = {
  LeakyRelu: [0.01, 0],
  Elu: [1, 0],
  ThresholdedRelu: [1, 0],
  HardSigmoid: [0.2, 0.5],
};

/** An attribute's value, whichever field it has. */
const float = (attributes: Attributes, name: string): number | undefined => {
  const found = attributes.get(name);
  return found && ((all(found, 2)[0] as { f32: number } | undefined)?.f32 ?? 0);
};
const floatList = (attributes: Attributes, name: string): number[] =>
  all(attributes.get(name) ?? [], 7).flatMap((content) =>
    content instanceof Uint8Array
      ? [...new Float32Array(content.slice().buffer)]
      : [(content as { f32: number }).f32],
  );
const int = (attributes: Attributes, name: string, otherwise: number): number => {
  const found = attributes.get(name);
  return found ? (integers(found, 3)[0] ?? 0) : otherwise;
};
const intList = (attributes: Attributes, name: string): number[] | undefined =>
  attributes.has(name) ? integers(attributes.get(name)!, 8) : undefined;

function rnn([x, W, R, B, lengths, h0]: (Numbers | undefined)[], attributes: Attributes): Numbers[] {
  if (!x || !W || !R || lengths) throw new Error("an input that cannot be");
  const batchFirst = int(attributes, "layout", 0) === 1;
  const [first, second, I] = x.shape as [number, number, number];
  const [T, N] = batchFirst ? [second, first] : [first, second];
  const H = R.shape[2]!;
  const name = attributes.has("activations") ? text(attributes.get("activations")!, 9) : "Tanh";
  const [a = DEFAULTS[name]?.[0] ?? 0] = floatList(attributes, "activation_alpha");
  const [b = DEFAULTS[name]?.[1] ?? 0] = floatList(attributes, "activation_beta");
  const clip = float(attributes, "clip") ?? Infinity;
  const f = ACTIVATIONS[name]!;
  const states: number[][][] = [];
  let h = Array.from({ length: N }, (_, n) =>
    Array.from({ length: H }, (_, k) => (h0 ? get(h0, batchFirst ? [n, 0, k] : [0, n, k]) : 0)),
  );
  for (let t = 0; t < T; t++) {
    h = h.map((row, n) =>
      row.map((_, k) => {
        let z = B ? get(B, [0, k]) + get(B, [0, H + k]) : 0;
        for (let i = 0; i < I; i++) z += get(W, [0, k, i]) * get(x, batchFirst ? [n, t, i] : [t, n, i]);
        for (let j = 0; j < H; j++) z += get(R, [0, k, j]) * row[j]!;
        return f(Math.max(-clip, Math.min(clip, z)), a, b);
      }),
    );
    states.push(h);
  }
  return batchFirst
    ? [
        build([N, T, 1, H], ([n, t, , k]) => states[t!]![n!]![k!]!),
        build([N, 1, H], ([n, , k]) => h[n!]![k!]!),
      ]
    : [
        build([T, 1, N, H], ([t, , n, k]) => states[t!]![n!]![k!]!),
        build([1, N, H], ([, n, k]) => h[n!]![k!]!),
      ];
}

/** X W for the last two dimensions; W has two. */
function product(x: Numbers, W: Numbers): Numbers {
  const K = x.shape.at(-1)!;
  if (W.shape.length !== 2 || W.shape[0] !== K) throw new Error("matrices that do not fit");
  return build([...x.shape.slice(0, -1), W.shape[1]!], (index) => {
    let sum = 0;
    for (let k = 0; k < K; k++) sum += get(x, [...index.slice(0, -1), k]) * get(W, [k, index.at(-1)!]);
    return sum;
  });
}

function softmax(x: Numbers, axis: number, together: boolean): Numbers {
  // All from the axis on together, or the axis alone.
  const sizes = together ? x.shape.slice(axis) : [x.shape[axis]!];
  const inner = together ? 1 : count(x.shape.slice(axis + 1));
  const n = count(sizes);
  const data = [...x.data];
  for (let o = 0; o < x.data.length / (n * inner); o++)
    for (let i = 0; i < inner; i++) {
      const at = (k: number): number => (o * n + k) * inner + i;
      let largest = -Infinity;
      for (let k = 0; k < n; k++) largest = Math.max(largest, x.data[at(k)]!);
      let sum = 0;
      for (let k = 0; k < n; k++) sum += data[at(k)] = Math.exp(x.data[at(k)]! - largest);
      for (let k = 0; k < n; k++) data[at(k)]! /= sum;
    }
  return { shape: x.shape, data };
}

function slice(x: Numbers, starts: number[], ends: number[], axes: number[]): Numbers {
  const from = x.shape.map(() => 0);
  const shape = [...x.shape];
  for (const [i, axis] of axes.entries()) {
    const d = axis < 0 ? axis + x.shape.length : axis;
    const inside = (at: number): number => Math.max(0, Math.min(x.shape[d]!, at < 0 ? at + x.shape[d]! : at));
    from[d] = inside(starts[i]!);
    shape[d] = inside(ends[i]!) - from[d]!;
  }
  return build(shape, (index) =>
    get(
      x,
      index.map((at, d) => at + from[d]!),
    ),
  );
}

function gather(x: Numbers, indices: Numbers, axis: number): Numbers {
  const d = axis < 0 ? axis + x.shape.length : axis;
  const rank = indices.shape.length;
  return build([...x.shape.slice(0, d), ...indices.shape, ...x.shape.slice(d + 1)], (index) => {
    const at = get(indices, index.slice(d, d + rank));
    return get(x, [...index.slice(0, d), at < 0 ? at + x.shape[d]! : at, ...index.slice(d + rank)]);
  });
}

type Run = (inputs: readonly Numbers[], attributes: Attributes, opset: number) => Numbers;

const axesOf = (inputs: readonly Numbers[], attributes: Attributes): number[] | undefined =>
  intList(attributes, "axes") ?? (inputs[1] && [...inputs[1].data]);

const OPERATORS: Readonly<Record<string, Run>> = {
  Identity: ([x]) => x!,
  Cast: ([x]) => x!,
  MatMul: ([x, W]) => product(x!, W!),
  Gemm([x, W, c], attributes) {
    const turned =
      int(attributes, "transB", 0) === 0 ? W! : build([...W!.shape].reverse(), ([i, j]) => get(W!, [j!, i!]));
    const y = product(x!, turned);
    return c ? broadcast(y, c, (a, b) => a + b) : y;
  },
  Add: ([a, b]) => broadcast(a!, b!, (x, y) => x + y),
  Mul: ([a, b]) => broadcast(a!, b!, (x, y) => x * y),
  Transpose([x], attributes) {
    const order = intList(attributes, "perm") ?? x!.shape.map((_, d) => x!.shape.length - 1 - d);
    const shape = order.map((d) => x!.shape[d]!);
    return build(shape, (index) =>
      get(
        x!,
        x!.shape.map((_, d) => index[order.indexOf(d)]!),
      ),
    );
  },
  Squeeze(inputs, attributes) {
    const [x] = inputs;
    const axes = axesOf(inputs, attributes)?.map((d) => (d < 0 ? d + x!.shape.length : d));
    if (axes?.some((d) => x!.shape[d] !== 1)) throw new Error("squeezes what is not 1");
    return { ...x!, shape: x!.shape.filter((size, d) => (axes ? !axes.includes(d) : size !== 1)) };
  },
  Unsqueeze(inputs, attributes) {
    const [x] = inputs;
    const axes = axesOf(inputs, attributes)!;
    const rank = x!.shape.length + axes.length;
    const places = axes.map((d) => (d < 0 ? d + rank : d));
    const rest = [...x!.shape];
    return { ...x!, shape: Array.from({ length: rank }, (_, d) => (places.includes(d) ? 1 : rest.shift()!)) };
  },
  Reshape([x, to], attributes) {
    const zero = int(attributes, "allowzero", 0) === 0;
    const shape = to!.data.map((size, d) => (size === 0 && zero ? x!.shape[d]! : size));
    const rest = shape.indexOf(-1);
    if (rest >= 0) shape[rest] = x!.data.length / -count(shape);
    if (count(shape) !== x!.data.length) throw new Error("reshaped to another size");
    return { shape, data: x!.data };
  },
  Expand: ([x, to]) =>
    broadcast(x!, { shape: [...to!.data], data: new Array(count(to!.data)).fill(1) }, (a) => a),
  Shape: ([x], attributes) => {
    const sizes = x!.shape.slice(int(attributes, "start", 0), int(attributes, "end", x!.shape.length));
    return { shape: [sizes.length], data: sizes };
  },
  ConstantOfShape: ([to], attributes) => {
    const value = attributes.has("value") ? tensorOf(messages(attributes.get("value")!, 5)[0]!).data[0]! : 0;
    return { shape: [...to!.data], data: new Array(count(to!.data)).fill(value) };
  },
  Constant(_, attributes) {
    const [[name, fields]] = [...attributes] as [[string, Field[]]];
    if (name === "value") return tensorOf(messages(fields, 5)[0]!);
    if (name === "value_float") return { shape: [], data: [float(attributes, name)!] };
    if (name === "value_int") return { shape: [], data: [int(attributes, name, 0)] };
    const list = name === "value_ints" ? intList(attributes, name)! : floatList(attributes, name);
    return { shape: [list.length], data: list };
  },
  Gather: ([x, indices], attributes) => gather(x!, indices!, int(attributes, "axis", 0)),
  OneHot: ([x, depth]) =>
    build([...x!.shape, depth!.data[0]!], (index) => (get(x!, index.slice(0, -1)) === index.at(-1) ? 1 : 0)),
  Slice([x, starts, ends, axes], attributes) {
    const from = intList(attributes, "starts") ?? [...starts!.data];
    const to = intList(attributes, "ends") ?? [...ends!.data];
    return slice(
      x!,
      from,
      to,
      intList(attributes, "axes") ?? (axes ? [...axes.data] : from.map((_, d) => d)),
    );
  },
  Concat(parts, attributes) {
    const axis = int(attributes, "axis", 0);
    const d = axis < 0 ? axis + parts[0]!.shape.length : axis;
    const shape = parts[0]!.shape.with(
      d,
      parts.reduce((sum, part) => sum + part.shape[d]!, 0),
    );
    return build(shape, (index) => {
      let at = index[d]!;
      for (const part of parts) {
        if (at < part.shape[d]!) return get(part, index.with(d, at));
        at -= part.shape[d]!;
      }
      throw new Error("parts that do not fit");
    });
  },
  ReduceProd: ([x], attributes) => ({
    shape: int(attributes, "keepdims", 1) === 1 ? [1] : [],
    data: [count(x!.data)],
  }),
  Clip: ([x]) => ({ ...x!, data: x!.data.map((z) => Math.max(-1, Math.min(1, z))) }),
  Softmax: ([x], attributes, opset) => {
    const axis = int(attributes, "axis", opset < 13 ? 1 : -1);
    return softmax(x!, axis < 0 ? axis + x!.shape.length : axis, opset < 13);
  },
  LogSoftmax: (inputs, attributes, opset) => {
    const { shape, data } = OPERATORS.Softmax!(inputs, attributes, opset);
    return { shape, data: data.map(Math.log) };
  },
};

function elementwise(op: string): Run | undefined {
  const f = ACTIVATIONS[op];
  if (!f) return undefined;
  return ([x], attributes) => {
    const a = float(attributes, "alpha") ?? DEFAULTS[op]?.[0] ?? 0;
    const b = float(attributes, "beta") ?? DEFAULTS[op]?.[1] ?? 0;
    return { ...x!, data: x!.data.map((z) => f(z, a, b)) };
  };
}

/**
 * Runs a file on numbers, node by node, by the definitions of the operators; it knows nothing of networks. Inputs that
 * are not given are zero. Returns what the named output is.
 */
export function referenceRun(
  file: readonly Field[],
  output: string,
  given: ReadonlyMap<string, readonly number[]>,
  sizeOf: (input: string, dimension: number) => number,
): Numbers {
  const graph = messages(file, 7)[0]!;
  const opset = messages(file, 8).find((set) => ["", "ai.onnx"].includes(text(set, 1)))!;
  const values = new Map<string, Numbers>();
  for (const tensor of messages(graph, 5)) values.set(text(tensor, 8), tensorOf(tensor));
  for (const info of messages(graph, 11)) {
    const name = text(info, 1);
    if (values.has(name)) continue;
    const shape = messages(messages(messages(messages(info, 2)[0]!, 1)[0]!, 2)[0] ?? [], 1).map((_, d) =>
      sizeOf(name, d),
    );
    const data = given.get(name) ?? new Array<number>(count(shape)).fill(0);
    if (data.length !== count(shape)) throw new Error("an input of another size");
    values.set(name, { shape, data });
  }
  for (const node of messages(graph, 1)) {
    const attributes = new Map(messages(node, 5).map((each) => [text(each, 1), each]));
    const inputs = texts(node, 1).map((name) => values.get(name));
    const op = text(node, 4);
    const run = OPERATORS[op] ?? elementwise(op);
    const made =
      op === "RNN"
        ? rnn(inputs, attributes)
        : [run!(inputs as Numbers[], attributes, integers(opset, 2)[0]!)];
    for (const [place, name] of texts(node, 2).entries()) if (name) values.set(name, made[place]!);
  }
  return values.get(output)!;
}
