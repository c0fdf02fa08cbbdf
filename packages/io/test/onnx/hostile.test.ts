import { UnsupportedError } from "@unroll/io";
import { readOnnx } from "@unroll/io/onnx";
import { FormatError, OptionError, ValueError } from "@unroll/kernels";
import { describe, expect, test } from "vitest";
import { thrown } from "../files.ts";
import {
  attribute,
  DOUBLE,
  type Field,
  field,
  fileOf,
  float32,
  floats,
  goodParts,
  INT64,
  int64,
  marked,
  node,
  type Parts,
  tensor,
  valueInfo,
  varint,
} from "./proto.ts";

interface Case {
  readonly name: string;
  readonly rule: string;
  readonly code: "format" | "unsupported";
  readonly bytes: Uint8Array;
  readonly offset: number;
}

const cases: Case[] = [];

/** The good file, broken by `change`, which marks where the error must point. */
function broken(code: Case["code"], rule: string, name: string, change: (parts: Parts) => void): void {
  const parts = goodParts();
  change(parts);
  const { bytes, mark } = fileOf(parts);
  if (mark < 0) throw new Error(`${name} has no mark`);
  cases.push({ name, rule, code, bytes, offset: mark });
}

const format = (rule: string, name: string, change: (parts: Parts) => void): void =>
  broken("format", rule, name, change);
const unsupported = (rule: string, name: string, change: (parts: Parts) => void): void =>
  broken("unsupported", rule, name, change);

/** The field before all others of the model. */
const first = (raw: readonly number[]) => (parts: Parts) => {
  parts.irVersion.unshift({ number: 0, content: 0, raw: Uint8Array.from(raw), marked: true });
};
/** One node instead of the one at that place. */
const instead =
  (place: number, ...nodes: Field[][]) =>
  (parts: Parts): void => {
    parts.nodes.splice(
      place,
      1,
      ...nodes.map((content, i) => (i === 0 ? marked(field(1, content)) : field(1, content))),
    );
  };
/** A field more in the node at that place. */
const more =
  (place: number, ...fields: Field[]) =>
  (parts: Parts): void => {
    parts.nodes[place] = field(1, [...(parts.nodes[place]!.content as Field[]), ...fields]);
  };
/** The RNN node with other inputs and attributes. */
const rnn = (inputs: string[], ...attributes: Field[]): Field[] =>
  node("RNN", inputs, ["Y", "Y_h"], ...attributes);
const INPUTS = ["x", "W", "R", "B", "", "h0"];
/** Another tensor of that name; the error points at the first node, which uses it. */
const resized =
  (name: string, ...dims: number[]) =>
  (parts: Parts): void => {
    const at = parts.initializers.findIndex(({ content }) =>
      (content as Field[]).some((part) => part.content === name),
    );
    parts.initializers[at] = field(5, floats(name, ...dims));
    parts.nodes[0] = marked(parts.nodes[0]!);
  };
const initializer =
  (content: Field[]) =>
  (parts: Parts): void => {
    parts.initializers.push(marked(field(5, content)));
  };

// protobuf
format("varint", "a number of eleven bytes", (parts) => {
  parts.model = [
    { number: 0, content: 0, raw: Uint8Array.of(5 * 8) },
    { number: 0, content: 0, raw: Uint8Array.of(...Array(10).fill(0x80), 1), marked: true },
  ];
});
format("varint", "a number of more than 64 bits", (parts) => {
  parts.model = [
    { number: 0, content: 0, raw: Uint8Array.of(5 * 8) },
    { number: 0, content: 0, raw: Uint8Array.of(...Array(9).fill(0xff), 2), marked: true },
  ];
});
format("varint", "a tag of eleven bytes", first([...Array(10).fill(0x88), 1]));
format("field-number", "the field number 0", first([0, 1]));
format("field-number", "a field number above 2^29 - 1", first([...varint(2n ** 32n + 8n), 1]));
format("wire-type", "the wire type 6", first([1 * 8 + 6, 1]));
format("wire-type", "the wire type 7", first([1 * 8 + 7, 1]));
format("wire-type", "an end of a group", first([1 * 8 + 4]));
unsupported("group", "a group", first([1 * 8 + 3, 1 * 8 + 4]));
unsupported("group", "groups as deep as a stack", first(Array(200_000).fill(1 * 8 + 3)));
format("wire-type", "a text where a number must be", (parts) => {
  parts.irVersion = [marked(field(1, "7"))];
});
format("wire-type", "a number where a message must be", (parts) => {
  parts.nodes.push(marked(field(1, 7)));
});
format("wire-type", "a float of eight bytes", (parts) => {
  more(4, field(5, [field(1, "f"), marked(field(2, { f64: 1 })), field(20, 1)]))(parts);
});
format("length", "a length past the end of the file", (parts) => {
  parts.opsets.push(
    { number: 0, content: 0, raw: Uint8Array.of(4 * 8 + 2) },
    { number: 0, content: 0, raw: Uint8Array.of(9), marked: true },
  );
});
format("length", "a length past the end of its message", (parts) => {
  more(
    0,
    { number: 0, content: 0, raw: Uint8Array.of(6 * 8 + 2) },
    { number: 0, content: 0, raw: Uint8Array.of(4, 1, 2, 3), marked: true },
  )(parts);
});
format("length", "a length whose low half is right", (parts) => {
  parts.opsets.push(
    { number: 0, content: 0, raw: Uint8Array.of(4 * 8 + 2) },
    { number: 0, content: 0, raw: Uint8Array.of(...varint(2n ** 32n + 1n), 0x41), marked: true },
  );
});
format("length", "a length of 2^64 - 1", (parts) => {
  parts.opsets.push(
    { number: 0, content: 0, raw: Uint8Array.of(4 * 8 + 2) },
    { number: 0, content: 0, raw: Uint8Array.of(...varint(-1)), marked: true },
  );
});
format("truncated", "a number that the message cuts", (parts) => {
  parts.opsets.push(
    { number: 0, content: 0, raw: Uint8Array.of(5 * 8) },
    { number: 0, content: 0, raw: Uint8Array.of(0x80) },
    { number: 0, content: 0, raw: new Uint8Array(0), marked: true },
  );
});
format("truncated", "a float that the message cuts", (parts) => {
  more(
    4,
    field(5, [
      field(1, "f"),
      { number: 0, content: 0, raw: Uint8Array.of(2 * 8 + 5) },
      { number: 0, content: 0, raw: Uint8Array.of(0, 0, 0), marked: true },
    ]),
  )(parts);
});
format("utf-8", "a name that is not UTF-8", (parts) => {
  parts.model = [
    { number: 0, content: 0, raw: Uint8Array.of(2 * 8 + 2, 2, 0x41) },
    { number: 0, content: 0, raw: Uint8Array.of(0xff), marked: true },
  ];
});
format("utf-8", "a text that nobody reads and is not UTF-8", (parts) => {
  parts.model = [
    { number: 0, content: 0, raw: Uint8Array.of(6 * 8 + 2, 3, 0x41) },
    { number: 0, content: 0, raw: Uint8Array.of(0xed, 0xa0), marked: true },
  ];
});
unsupported("unknown-field", "a field that is not known", first([...varint(31 * 8), 1]));
unsupported("repeated-field", "two graphs", (parts) => {
  parts.opsets.push(marked(field(7, [])));
});
unsupported("unpacked", "float_data one by one", (parts) => {
  const values = Array.from({ length: 6 }, () => ({ number: 4, content: { f32: 1 } }) as Field);
  parts.initializers.push(
    field(5, [
      field(1, 1),
      field(2, 1),
      field(8, "u"),
      { number: 0, content: 0, raw: Uint8Array.of(4 * 8 + 5) },
      { number: 0, content: 0, raw: new Uint8Array(4), marked: true },
      ...values,
    ]),
  );
});
unsupported("unpacked", "float_data in parts", (parts) => {
  parts.initializers.push(
    field(5, [field(1, 2), field(2, 1), field(8, "u"), field(4, float32(1)), marked(field(4, float32(2)))]),
  );
});

// the model
const END = (parts: Parts): void => {
  parts.opsets.push({ number: 0, content: 0, raw: new Uint8Array(0), marked: true });
};
format("missing-field", "no IR version", (parts) => {
  parts.irVersion = [];
  END(parts);
});
format("missing-field", "no operator sets", (parts) => {
  parts.opsets = [];
  END(parts);
});
format("missing-field", "no operators of ONNX", (parts) => {
  parts.opsets = [field(8, [field(1, "com.microsoft"), field(2, 1)])];
  END(parts);
});
for (const version of [0, 2, 14, -1, 2 ** 40])
  unsupported("ir-version", `IR version ${version}`, (parts) => {
    parts.irVersion = [marked(field(1, version))];
  });
for (const version of [0, 6, 25, -1])
  unsupported("opset", `operator set ${version}`, (parts) => {
    parts.opsets = [marked(field(8, [field(1, ""), field(2, version)]))];
  });
format("duplicate-name", "operators imported twice", (parts) => {
  parts.opsets.push(marked(field(8, [field(1, "ai.onnx"), field(2, 13)])));
});
format("duplicate-name", "a text of the metadata twice", (parts) => {
  parts.model.push(
    field(14, [field(1, "k"), field(2, "a")]),
    marked(field(14, [field(1, "k"), field(2, "b")])),
  );
});
unsupported("function", "functions of its own", (parts) => {
  parts.model.push(marked(field(25, [])));
});
unsupported("function", "instructions for training", (parts) => {
  parts.model.push(marked(field(20, [])));
});
unsupported("limit", "too many texts in the metadata", (parts) => {
  const pairs = Array.from({ length: 1001 }, (_, i) => field(14, [field(1, `${i}`)]));
  parts.model.push(...pairs.slice(0, -1), marked(pairs.at(-1)!));
});

// the graph
unsupported("sparse", "sparse numbers", (parts) => {
  parts.graph.push(marked(field(15, [])));
});
unsupported("sparse", "quantization", (parts) => {
  parts.graph.push(marked(field(14, [])));
});
for (const [what, number] of [
  ["nodes", 1],
  ["initializers", 5],
  ["inputs", 11],
  ["outputs", 12],
] as const)
  unsupported("limit", `too many ${what}`, (parts) => {
    const all = Array.from({ length: 1001 }, () => field(number, []));
    const there = parts[what].length;
    parts[what].push(...all.slice(0, 1000 - there), marked(all.at(-1)!));
  });
format("duplicate-name", "two tensors of one name", initializer(floats("W", 1)));
format("missing-field", "a tensor without a name", initializer([field(2, 1), field(1, 0)]));
format("duplicate-name", "two inputs of one name", (parts) => {
  parts.inputs.push(marked(field(11, valueInfo("x", [1]))));
});
format(
  "duplicate-name",
  "a node that makes what an input is",
  instead(1, node("Squeeze", ["Y", "one"], ["x"])),
);
format(
  "duplicate-name",
  "a node that makes what a node has made",
  instead(1, node("Squeeze", ["Y", "one"], ["Y_h"])),
);
format(
  "undefined-name",
  "an input that nothing makes",
  instead(1, node("Squeeze", ["Z", "one"], ["states"])),
);
format("undefined-name", "a cycle", (parts) => {
  parts.nodes[2] = marked(field(1, node("MatMul", ["logits", "V"], ["product"])));
});
format("undefined-name", "nodes in the wrong order", (parts) => {
  [parts.nodes[0], parts.nodes[1]] = [marked(parts.nodes[1]!), parts.nodes[0]!];
});
format("undefined-name", "an output that nothing makes", (parts) => {
  parts.outputs.push(marked(field(12, valueInfo("z", [1]))));
});
format("missing-field", "a node without operator", (parts) => {
  parts.nodes.push(marked(field(1, [field(2, "z")])));
});
format("missing-field", "too few inputs", instead(0, rnn(["x", "W"])));
format("missing-field", "too many inputs", instead(0, rnn([...INPUTS, "c"])));
format("missing-field", "an input that must be there left out", instead(0, rnn(["x", "", "R"])));
format(
  "shape",
  "an output that the operator does not have",
  instead(1, node("Squeeze", ["Y", "one"], ["states", "z"])),
);
unsupported("limit", "a node of 65 inputs", (parts) => {
  more(1, ...Array.from({ length: 62 }, () => field(1, "x")), marked(field(1, "x")))(parts);
});
unsupported("limit", "a node of 33 attributes", (parts) => {
  const attributes = Array.from({ length: 33 }, (_, i) => attribute(`a${i}`, { i }));
  more(1, ...attributes.slice(0, -1), marked(attributes.at(-1)!))(parts);
});
unsupported("function", "an overload", (parts) => {
  more(1, field(8, "v2"))(parts);
  parts.nodes[1] = marked(parts.nodes[1]!);
});

// operators
for (const op of ["LSTM", "GRU", "Loop", "Scan", "If", "Conv", "rnn", "constructor"])
  unsupported("operator", op, (parts) => {
    parts.nodes.unshift(marked(field(1, node(op, ["x"], ["z"]))));
  });
unsupported("domain", "an operator of another domain", (parts) => {
  more(1, field(7, "com.microsoft"))(parts);
  parts.nodes[1] = marked(parts.nodes[1]!);
});
unsupported("attribute", "an attribute that is not known", more(1, marked(attribute("axis", { i: 1 }))));
format("duplicate-name", "an attribute twice", more(4, marked(attribute("axis", { i: -1 }))));
format("missing-field", "an attribute without a name", more(1, marked(field(5, [field(20, 2)]))));
format("attribute", "an attribute without type", more(1, marked(field(5, [field(1, "axis"), field(3, 1)]))));
format(
  "attribute",
  "an attribute of another type than it says",
  more(1, marked(field(5, [field(1, "axis"), field(3, 1), field(20, 1)]))),
);
format(
  "attribute",
  "an attribute with two values",
  more(1, marked(field(5, [field(1, "axis"), field(3, 1), field(2, { f32: 1 }), field(20, 2)]))),
);
format(
  "attribute",
  "an attribute of no type that there is",
  more(1, marked(field(5, [field(1, "axis"), field(20, 15)]))),
);
unsupported(
  "attribute",
  "a graph as an attribute",
  more(1, field(5, [field(1, "body"), marked(field(6, [])), field(20, 5)])),
);
unsupported(
  "function",
  "an attribute that refers to a function's",
  more(1, field(5, [field(1, "axis"), marked(field(21, "a")), field(20, 2)])),
);
format(
  "attribute",
  "an attribute that the operator has as another type",
  instead(4, node("Softmax", ["logits"], ["y"], attribute("axis", { f: 1 }))),
);
unsupported("limit", "65 numbers in an attribute", (parts) => {
  more(
    1,
    field(5, [
      field(1, "perm"),
      field(20, 7),
      { number: 0, content: 0, raw: Uint8Array.of(8 * 8 + 2) },
      { number: 0, content: 0, raw: Uint8Array.of(65, ...Array(65).fill(1)), marked: true },
    ]),
  )(parts);
});
unsupported("limit", "65 texts in an attribute", (parts) => {
  const texts = Array.from({ length: 65 }, () => field(9, "a"));
  more(1, field(5, [field(1, "a"), field(20, 8), ...texts.slice(0, -1), marked(texts.at(-1)!)]))(parts);
});

// tensors
format("dims", "a negative dimension", initializer(tensor("u", [-1], new Uint8Array(0))));
format("dims", "a dimension above 2^53", initializer([field(1, 2n ** 60n), field(2, 1), field(8, "u")]));
format(
  "size",
  "dimensions whose product overflows",
  initializer(tensor("u", [2 ** 40, 2 ** 40], new Uint8Array(0))),
);
format(
  "size",
  "dimensions whose product wraps to 0",
  initializer(tensor("u", [2 ** 32, 2 ** 32], new Uint8Array(0))),
);
format("size", "a byte too few", initializer(tensor("u", [2], new Uint8Array(7))));
format("size", "a byte too many", initializer(tensor("u", [2], new Uint8Array(9))));
format("size", "numbers of another size", initializer(tensor("u", [2], new Uint8Array(8), DOUBLE)));
format("size", "a double too few", initializer(tensor("u", [2], new Uint8Array(8), DOUBLE)));
format("size", "no numbers", initializer([field(1, 2), field(2, 1), field(8, "u")]));
format("size", "too few integers", initializer(tensor("u", [2], int64(1), INT64)));
format("size", "half an integer", initializer(tensor("u", [1], new Uint8Array(12), INT64)));
format(
  "size",
  "double_data in a tensor of floats",
  initializer([field(1, 1), field(2, 1), field(8, "u"), field(10, new Uint8Array(8))]),
);
format(
  "size",
  "int64_data in a tensor of floats",
  initializer([field(1, 1), field(2, 1), field(8, "u"), field(7, 1)]),
);
format(
  "size",
  "float_data in a tensor of integers",
  initializer([field(1, 1), field(2, 7), field(8, "u"), field(4, float32(1))]),
);
format("data", "numbers twice", initializer([...floats("u", 1), field(4, float32(1))]));
format("data-type", "no type", initializer([field(1, 0), field(8, "u")]));
for (const [type, name] of [
  [2, "UINT8"],
  [8, "STRING"],
  [9, "BOOL"],
  [10, "FLOAT16"],
  [16, "BFLOAT16"],
  [99, "type 99"],
  [-1, "type -1"],
] as const)
  unsupported("data-type", `a tensor of ${name}`, initializer(tensor("u", [], new Uint8Array(1), type)));
unsupported("data-type", "a table of integers", initializer(tensor("u", [1, 1], int64(1), INT64)));
unsupported("limit", "a tensor of 65 integers", initializer(tensor("u", [65], new Uint8Array(520), INT64)));
unsupported("limit", "a tensor of nine dimensions", (parts) => {
  const dims = [
    { number: 0, content: 0, raw: Uint8Array.of(1 * 8 + 2) },
    { number: 0, content: 0, raw: Uint8Array.of(9, ...Array(9).fill(1)), marked: true },
  ] as Field[];
  parts.initializers.push(field(5, [...dims, field(2, 1), field(8, "u")]));
});
unsupported("external-data", "numbers in another file", (parts) => {
  parts.initializers.push(
    field(5, [...floats("u", 1), marked(field(13, [field(1, "location"), field(2, "../../etc/passwd")]))]),
  );
});
unsupported("external-data", "numbers said to be in another file", (parts) => {
  parts.initializers.push(field(5, [...floats("u", 1), marked(field(14, 1))]));
});
unsupported("segment", "a part of a tensor", (parts) => {
  parts.initializers.push(field(5, [...floats("u", 1), marked(field(3, []))]));
});

// inputs
format("dims", "a negative dimension of an input", (parts) => {
  const shape = field(2, [marked(field(1, [field(1, -1)]))]);
  parts.inputs[0] = field(11, [field(1, "x"), field(2, [field(1, [field(1, 1), shape])])]);
});
format("dims", "a dimension with a size and a name", (parts) => {
  const shape = field(2, [marked(field(1, [field(1, 1), field(2, "T")]))]);
  parts.inputs[0] = field(11, [field(1, "x"), field(2, [field(1, [field(1, 1), shape])])]);
});
unsupported("limit", "an input of nine dimensions", (parts) => {
  const shape = field(2, [...Array.from({ length: 8 }, () => field(1, [])), marked(field(1, []))]);
  parts.inputs[0] = field(11, [field(1, "x"), field(2, [field(1, [field(1, 1), shape])])]);
});
unsupported("shape", "an input without shape", (parts) => {
  parts.inputs[0] = marked(field(11, [field(1, "x"), field(2, [field(1, [field(1, 1)])])]));
});
unsupported("shape", "an empty dimension of an input", (parts) => {
  const shape = field(2, [marked(field(1, [field(1, 0)]))]);
  parts.inputs[0] = field(11, [field(1, "x"), field(2, [field(1, [field(1, 1), shape])])]);
});
for (const type of [0, 9, 10, 77])
  unsupported("data-type", `an input of type ${type}`, (parts) => {
    parts.inputs[0] = marked(field(11, valueInfo("x", ["T", "B", 2], type)));
  });
unsupported("data-type", "an input that is a sequence", (parts) => {
  parts.inputs[0] = field(11, [field(1, "x"), field(2, [marked(field(4, []))])]);
});

// RNN
for (const direction of ["reverse", "bidirectional", "sideways"])
  unsupported(
    "direction",
    `direction ${direction}`,
    instead(0, rnn(INPUTS, attribute("direction", { s: direction }))),
  );
unsupported("sequence-lens", "sequence_lens", (parts) => {
  parts.inputs.push(field(11, valueInfo("lengths", ["B"], 6)));
  instead(0, rnn(["x", "W", "R", "B", "lengths"]))(parts);
});
unsupported(
  "activation",
  "an activation that is not known",
  instead(0, rnn(INPUTS, attribute("activations", { strings: ["Sine"] }))),
);
unsupported(
  "activation",
  "an activation named as Object has it",
  instead(0, rnn(INPUTS, attribute("activations", { strings: ["toString"] }))),
);
unsupported(
  "activation",
  "Affine without parameters",
  instead(0, rnn(INPUTS, attribute("activations", { strings: ["Affine"] }))),
);
unsupported(
  "activation",
  "LeakyRelu below 0",
  instead(
    0,
    rnn(
      INPUTS,
      attribute("activations", { strings: ["LeakyRelu"] }),
      attribute("activation_alpha", { floats: [-1] }),
    ),
  ),
);
unsupported(
  "activation",
  "Elu of NaN",
  instead(
    0,
    rnn(
      INPUTS,
      attribute("activations", { strings: ["Elu"] }),
      attribute("activation_alpha", { floats: [Number.NaN] }),
    ),
  ),
);
format(
  "attribute",
  "two activations",
  instead(0, rnn(INPUTS, attribute("activations", { strings: ["Tanh", "Tanh"] }))),
);
for (const clip of [0, -1, Number.NaN])
  format("attribute", `clip ${clip}`, instead(0, rnn(INPUTS, attribute("clip", { f: clip }))));
format("shape", "hidden_size of something else", instead(0, rnn(INPUTS, attribute("hidden_size", { i: 4 }))));
format("shape", "W of another number of units", resized("W", 1, 4, 2));
format("shape", "W of another number of inputs", resized("W", 1, 3, 5));
format("shape", "W of two directions", resized("W", 2, 3, 2));
format("shape", "W of two dimensions", resized("W", 3, 2));
format("shape", "R that is no square", resized("R", 1, 3, 4));
format("shape", "B of another length", resized("B", 1, 3));
format("shape", "an input of two dimensions", (parts) => {
  parts.inputs[0] = field(11, valueInfo("x", ["T", 2]));
  parts.nodes[0] = marked(parts.nodes[0]!);
});
format("shape", "an input of other features", (parts) => {
  parts.inputs[0] = field(11, valueInfo("x", ["T", "B", 5]));
  parts.nodes[0] = marked(parts.nodes[0]!);
});
format("shape", "initial_h of other units", (parts) => {
  parts.inputs[1] = field(11, valueInfo("h0", [1, "B", 4]));
  parts.nodes[0] = marked(parts.nodes[0]!);
});
format("shape", "initial_h for other sequences", (parts) => {
  parts.inputs = [field(11, valueInfo("x", ["T", 2, 2]))];
  parts.initializers.push(field(5, floats("h0", 1, 3, 3)));
  parts.nodes[0] = marked(parts.nodes[0]!);
});
format("data-type", "weights of another type", (parts) => {
  parts.initializers[1] = field(5, tensor("R", [1, 3, 3], new Uint8Array(72), DOUBLE));
  parts.nodes[0] = marked(parts.nodes[0]!);
});
unsupported("structure", "weights that the network computes", instead(0, rnn(["x", "x", "R"])));
unsupported("structure", "a second layer on the input", (parts) => {
  parts.nodes.splice(1, 0, marked(field(1, node("RNN", ["x", "W", "R"], ["Y2"]))));
});
unsupported("structure", "a layer that takes batch for time", (parts) => {
  parts.initializers.push(field(5, floats("W2", 1, 3, 3)));
  parts.nodes.splice(
    2,
    0,
    field(1, node("Transpose", ["states"], ["turned"], attribute("perm", { ints: [1, 0, 2] }))),
    marked(field(1, node("RNN", ["turned", "W2", "R"], ["Y2"]))),
  );
});
unsupported("structure", "an activation between layers", (parts) => {
  parts.initializers.push(field(5, floats("W2", 1, 3, 3)));
  parts.nodes.splice(
    2,
    0,
    field(1, node("Relu", ["states"], ["above 0"])),
    marked(field(1, node("RNN", ["above 0", "W2", "R"], ["Y2"]))),
  );
});

// what stands around it
unsupported("structure", "an activation before the first layer", (parts) => {
  parts.nodes.unshift(marked(field(1, node("Tanh", ["x"], ["t"]))));
});
unsupported("structure", "a layer after an activation at the end", (parts) => {
  parts.nodes.push(marked(field(1, node("Add", ["y", "c"], ["z"]))));
});
unsupported(
  "structure",
  "the sum of two things computed",
  instead(3, node("Add", ["product", "product"], ["logits"])),
);
unsupported(
  "structure",
  "the product of two things computed",
  instead(3, node("Mul", ["product", "product"], ["logits"])),
);
unsupported(
  "structure",
  "softmax over time",
  instead(4, node("Softmax", ["logits"], ["y"], attribute("axis", { i: 0 }))),
);
format(
  "shape",
  "softmax over an axis that is not there",
  instead(4, node("Softmax", ["logits"], ["y"], attribute("axis", { i: 3 }))),
);
unsupported("structure", "a step that is not the last", (parts) => {
  parts.initializers.push(field(5, tensor("zero", [], int64(0), INT64)));
  instead(2, node("Gather", ["states", "zero"], ["product"]))(parts);
});
format("shape", "V of other features", (parts) => {
  parts.initializers[3] = field(5, floats("V", 4, 2));
  parts.nodes[2] = marked(parts.nodes[2]!);
});
format("shape", "c of other features", (parts) => {
  parts.initializers[4] = field(5, floats("c", 3));
  parts.nodes[3] = marked(parts.nodes[3]!);
});
format("shape", "a dimension squeezed that is not 1", (parts) => {
  parts.initializers[5] = field(5, tensor("one", [1], int64(3), INT64));
  parts.nodes[1] = marked(parts.nodes[1]!);
});
unsupported("structure", "a dimension squeezed whose size is not known", (parts) => {
  parts.initializers[5] = field(5, tensor("one", [1], int64(0), INT64));
  parts.nodes[1] = marked(parts.nodes[1]!);
});
format(
  "shape",
  "dimensions ordered twice",
  instead(1, node("Transpose", ["Y"], ["states"], attribute("perm", { ints: [0, 0, 1, 2] }))),
);
format("shape", "two sizes left open", (parts) => {
  parts.initializers[5] = field(5, tensor("one", [2], int64(-1, -1), INT64));
  instead(1, node("Reshape", ["Y", "one"], ["states"]))(parts);
});
unsupported("structure", "features split by Reshape", (parts) => {
  parts.initializers[5] = field(5, tensor("one", [4], int64(0, 0, -1, 1), INT64));
  parts.initializers[1] = field(5, floats("R", 1, 4, 4));
  parts.initializers[0] = field(5, floats("W", 1, 4, 2));
  parts.initializers[5] = field(5, tensor("one", [3], int64(-1, 2, 2), INT64));
  parts.nodes[0] = field(1, rnn(["x", "W", "R"]));
  instead(1, node("Reshape", ["Y", "one"], ["states"]))(parts);
});
unsupported("structure", "no RNN node", (parts) => {
  parts.nodes = [field(1, node("Add", ["x", "c"], ["y"]))];
  parts.outputs.pop();
  END(parts);
});
unsupported("structure", "two outputs", (parts) => {
  parts.outputs.push(marked(field(12, valueInfo("logits", ["T", "B", 2]))));
});
unsupported("structure", "an output that the file holds", (parts) => {
  parts.outputs.push(marked(field(12, valueInfo("c", [2]))));
});
unsupported("structure", "no output but a state of another layer", (parts) => {
  parts.initializers.push(field(5, floats("W2", 1, 3, 3)));
  parts.nodes.splice(2, 3, field(1, node("RNN", ["states", "W2", "R"], ["Y2"])));
  parts.outputs = [field(12, valueInfo("Y_h", [1, "B", 3]))];
  END(parts);
});

// what would cost too much
unsupported("memory", "a small table multiplied into a large one", (parts) => {
  parts.nodes.unshift(
    field(1, node("MatMul", ["x", "wide"], ["more"])),
    field(1, node("MatMul", ["more", "narrow"], ["z"])),
  );
  parts.nodes[1] = marked(parts.nodes[1]!);
  parts.inputs[0] = field(11, valueInfo("x", ["T", "B", 4000]));
  parts.initializers.push(field(5, floats("wide", 4000, 1)), field(5, floats("narrow", 1, 4000)));
});
unsupported("memory", "numbers repeated a thousand times a thousand", (parts) => {
  parts.initializers.push(
    field(5, floats("seed", 1, 1)),
    field(5, tensor("to", [2], int64(10 ** 6, 10 ** 6), INT64)),
  );
  parts.nodes.unshift(marked(field(1, node("Expand", ["seed", "to"], ["z"]))));
});
unsupported("memory", "numbers doubled again and again", (parts) => {
  parts.initializers.push(field(5, floats("d0", 64)));
  const doubled = Array.from({ length: 40 }, (_, i) =>
    field(1, node("Concat", [`d${i}`, `d${i}`], [`d${i + 1}`], attribute("axis", { i: 0 }))),
  );
  // After so many the sum of all is above 1 MiB.
  doubled[11] = marked(doubled[11]!);
  parts.nodes.unshift(...doubled);
});
unsupported("memory", "one matrix for a thousand layers", (parts) => {
  parts.initializers.push(field(5, floats("W2", 1, 40, 40)));
  parts.initializers.push(field(5, floats("Win", 1, 40, 2)));
  const layers = Array.from({ length: 300 }, (_, i) => [
    field(1, node("RNN", [`s${i}`, i === 0 ? "Win" : "W2", "W2"], [`Y${i}`])),
    field(1, node("Squeeze", [`Y${i}`, "one"], [`s${i + 1}`])),
  ]).flat();
  (layers[0]!.content as Field[])[0] = field(1, "x");
  layers[2 * 85] = marked(layers[2 * 85]!);
  parts.nodes = layers;
  parts.outputs = [field(12, valueInfo("s300", ["T", "B", 40]))];
});
unsupported("limit", "a product of too many sizes", (parts) => {
  const doubled = Array.from({ length: 5 }, (_, i) =>
    field(1, node("Mul", [`d${i}`, `d${i}`], [`d${i + 1}`])),
  );
  doubled[4] = marked(doubled[4]!);
  parts.nodes.unshift(field(1, node("Shape", ["x"], ["d0"])), ...doubled);
});

describe("one rule broken at a time", () => {
  test("the file that the cases break is read", () => {
    const { model, input, output } = readOnnx(fileOf(goodParts()).bytes);
    expect([model.inputs, model.outputs, model.cells[0]!.outputSize]).toEqual([2, 2, 3]);
    expect([input.axes, output.axes]).toEqual(["TBI", "TBO"]);
  });

  test.each(cases)("$code $rule: $name", ({ bytes, code, rule, offset }) => {
    const error = thrown(() => readOnnx(bytes));
    expect({ code: error.code, rule: error.details?.rule, offset: error.details?.offset }).toEqual({
      code,
      rule,
      offset,
    });
    expect(error).toBeInstanceOf(code === "format" ? FormatError : UnsupportedError);
    expect(error.message).toMatch(/^readOnnx: .* \(at byte \d+\)$/);
    expect(error.message.length).toBeLessThan(400);
  });

  test("every file that ends too soon is refused", () => {
    const bytes = fileOf(goodParts()).bytes;
    for (let length = 0; length < bytes.length; length++) {
      const error = thrown(() => readOnnx(bytes.subarray(0, length)));
      expect(error.code).toBe("format");
      expect(error.details?.offset).toBeLessThanOrEqual(length);
    }
  });
});

test("arguments that are none", () => {
  const good = fileOf(goodParts()).bytes;
  expect(() => readOnnx("file.onnx" as never)).toThrow(ValueError);
  expect(() => readOnnx(new ArrayBuffer(8) as never)).toThrow("bytes is ArrayBuffer, expected a Uint8Array");
  for (const maxBytes of [-1, 2.5, Number.NaN])
    expect(() => readOnnx(good, { maxBytes })).toThrow(OptionError);
  expect(() => readOnnx(good, { type: "float16" as never })).toThrow(OptionError);
  expect(() => readOnnx(good, { max: 2 } as object)).toThrow("option max is 2");
});
