import type { RandomState } from "@unroll/linalg";
import { type Content, encode, type Field } from "../../onnx/proto.ts";
import { choose, mutateBytes } from "../random.ts";

const INTEGERS = [
  0n,
  1n,
  2n,
  3n,
  4n,
  5n,
  7n,
  8n,
  11n,
  -1n,
  -2n,
  64n,
  2n ** 31n,
  2n ** 32n,
  2n ** 53n,
  2n ** 63n - 1n,
  -(2n ** 63n),
];
const FLOATS = [0, -0, 1, -1, 0.5, 2, 1e30, Infinity, Number.NaN];
/** Tags, lengths and numbers where they do not belong. */
const ROUGH = ["\0", "\x08", "\x0a\x7f", "\x7f\x7f\x7f"];
const TEXTS = [
  "",
  "x",
  "y",
  "h0",
  "Y_h",
  "RNN",
  "LSTM",
  "GRU",
  "MatMul",
  "Gemm",
  "Add",
  "Mul",
  "Gather",
  "Slice",
  "Concat",
  "Reshape",
  "Transpose",
  "Squeeze",
  "Unsqueeze",
  "Expand",
  "Identity",
  "Shape",
  "Softmax",
  "LogSoftmax",
  "Relu",
  "Tanh",
  "Affine",
  "reverse",
  "forward",
  "axis",
  "axes",
  "perm",
  "hidden_size",
  "clip",
  "layout",
  "direction",
  "activations",
  "value",
  "ai.onnx",
  "com.microsoft",
  "__proto__",
  "constructor",
  "\ufeff",
  "\u{1f600}",
];

/** All lists of fields in a tree, so that a change can happen anywhere. */
function lists(fields: Field[], found: Field[][] = []): Field[][] {
  found.push(fields);
  for (const { content } of fields) if (Array.isArray(content)) lists(content as Field[], found);
  return found;
}

/** Names of values: inputs and outputs of nodes. Swapping two of them keeps a file right in form. */
function names(file: readonly Field[]): Uint8Array[] {
  const graph = (file.find(({ number }) => number === 7)?.content ?? []) as Field[];
  if (!Array.isArray(graph)) return [];
  return graph
    .filter(({ number, content }) => number === 1 && Array.isArray(content))
    .flatMap(({ content }) => content as Field[])
    .filter(({ number, content }) => number <= 2 && content instanceof Uint8Array)
    .map(({ content }) => content as Uint8Array);
}

function other(random: RandomState, content: Content, file: readonly Field[]): Content {
  if (typeof content === "bigint") {
    return random.randint(0, 2) ? choose(random, INTEGERS) : content + BigInt(random.randint(-2, 3));
  }
  if (content instanceof Uint8Array) {
    const kind = random.randint(0, 5);
    if (kind === 0) return content.slice(0, random.randint(0, content.length + 1));
    if (kind === 1) return Uint8Array.of(...content, ...new Uint8Array(random.randint(0, 9)));
    if (kind === 2) return content.map((byte) => (random.randint(0, 8) ? byte : random.randint(0, 256)));
    const pool = names(file);
    return kind === 3 && pool.length > 0
      ? choose(random, pool)
      : new TextEncoder().encode(choose(random, TEXTS));
  }
  if (typeof content === "object" && "f32" in content) return { f32: choose(random, FLOATS) };
  return choose<Content>(random, [0n, "text", [], { f32: 1 }, { f64: 1 }, new Uint8Array(3)]);
}

/** Changes one thing in a tree. */
function mutateTree(file: Field[], random: RandomState): void {
  const fields = choose(random, lists(file));
  if (fields.length === 0) return;
  const at = random.randint(0, fields.length);
  const field = fields[at]!;
  const kind = random.randint(0, 10);
  if (kind <= 3) fields[at] = { ...field, content: other(random, field.content, file) };
  else if (kind === 4) fields.splice(at, 1);
  else if (kind === 5) fields.splice(random.randint(0, fields.length + 1), 0, field);
  else if (kind === 6) [fields[at], fields[0]] = [fields[0]!, field];
  else if (kind === 7) fields[at] = { ...field, number: random.randint(0, 33) };
  else if (kind === 8) fields[at] = { ...field, wire: random.randint(0, 8) };
  else fields[at] = { ...field, longer: choose(random, [-1n, 1n, 2n, 2n ** 32n, 2n ** 63n]) };
}

/** A copy of the tree, so that changes do not reach it. */
function copy(fields: readonly Field[]): Field[] {
  return fields.map((field) =>
    Array.isArray(field.content) ? { ...field, content: copy(field.content) } : field,
  );
}

/** The bytes of a right file with a few things changed. */
export function mutated(seed: readonly Field[], random: RandomState): { bytes: Uint8Array; intact: boolean } {
  const file = copy(seed);
  const changes = choose(random, [0, 1, 1, 1, 2, 3]);
  for (let i = 0; i < changes; i++) mutateTree(file, random);
  const { bytes } = encode(file);
  if (random.randint(0, 5) > 0) return { bytes, intact: changes === 0 };
  const rough = [...bytes];
  mutateBytes(rough, random, rough.length, ROUGH);
  return { bytes: Uint8Array.from(rough), intact: false };
}
