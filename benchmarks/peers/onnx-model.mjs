// One step of an Elman network as an ONNX model, written by hand: protocol buffers are pairs of a field's number and value.

const OPSET = 17;
const FLOAT = 1;

/** next = tanh(x W_xhᵀ + b_h + h W_hhᵀ), y = next W_hyᵀ + b_y. */
export function elmanStep({ I, H, O, weights }) {
  const shapes = { W_xh: [H, I], W_hh: [H, H], b_h: [H], W_hy: [O, H], b_y: [O] };
  const graph = [
    gemm("x", "W_xh", "b_h", "projected"),
    gemm("h", "W_hh", "projected", "z"),
    node("Tanh", ["z"], "next"),
    gemm("next", "W_hy", "b_y", "y"),
  ].map((one) => field(1, one));
  const name = field(2, text("elman"));
  const initializers = Object.entries(shapes).map(([name, shape]) =>
    field(5, tensor(name, shape, weights[name])),
  );
  const inputs = [field(11, value("x", [1, I])), field(11, value("h", [1, H]))];
  const outputs = [field(12, value("y", [1, O])), field(12, value("next", [1, H]))];
  const opset = join(field(1, text("")), number(2, OPSET));
  return join(
    number(1, 8),
    field(7, join(...graph, name, ...initializers, ...inputs, ...outputs)),
    field(8, opset),
  );
}

/** to = a bᵀ + c. */
const gemm = (a, b, c, to) =>
  node("Gemm", [a, b, c], to, [join(field(1, text("transB")), number(3, 1), number(20, 2))]);

const node = (type, from, to, attributes = []) =>
  join(
    ...from.map((name) => field(1, text(name))),
    field(2, text(to)),
    field(4, text(type)),
    ...attributes.map((one) => field(5, one)),
  );

const tensor = (name, shape, values) =>
  join(
    ...shape.map((size) => number(1, size)),
    number(2, FLOAT),
    field(8, text(name)),
    field(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  );

const value = (name, shape) => {
  const dimensions = shape.map((size) => field(1, number(1, size)));
  return join(
    field(1, text(name)),
    field(2, field(1, join(number(1, FLOAT), field(2, join(...dimensions))))),
  );
};

const text = (letters) => new TextEncoder().encode(letters);

/** A field that holds bytes. */
const field = (id, bytes) => join(varint(id * 8 + 2), varint(bytes.length), bytes);

/** A field that holds an integer. */
const number = (id, integer) => join(varint(id * 8), varint(integer));

function varint(integer) {
  const bytes = [];
  for (; integer > 127; integer = Math.floor(integer / 128)) bytes.push((integer % 128) + 128);
  return Uint8Array.from([...bytes, integer]);
}

const join = (...parts) => Uint8Array.from(Buffer.concat(parts));
