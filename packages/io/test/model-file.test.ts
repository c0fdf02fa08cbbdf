import { activationNamed, activationNames, elementwise, leakyRelu, sigmoid } from "@unroll/activations";
import { readModel, readSafetensors, type Tensor, tensorOf, writeModel, writeSafetensors } from "@unroll/io";
import { FormatError, ValueError, View } from "@unroll/kernels";
import { type SequenceModel, sequenceModel } from "@unroll/model";
import { elman, elmanCell } from "@unroll/rnn-cell";
import { describe, expect, test } from "vitest";
import { thrown } from "./files.ts";

const stack = (type: "float32" | "float64" = "float32") =>
  sequenceModel({
    inputs: 3,
    cells: [elman({ hiddenSize: 4 }), elman({ hiddenSize: 2, activation: leakyRelu(0.125), bias: false })],
    outputs: 5,
    readout: { activation: sigmoid },
    type,
    seed: 7,
  });

/** The bits of all parameters. */
function bitsOf({ parameters: { data, offset, size } }: SequenceModel): Uint8Array {
  const own = data.slice(offset, offset + size);
  return new Uint8Array(own.buffer);
}

describe("a model that is written and read", () => {
  test.each(["float32", "float64"] as const)("is the same model, bit for bit: %s", (type) => {
    const model = stack(type);
    model.parameters.data[model.parameters.offset] = -0;
    const bytes = writeModel(model);
    const { model: again, metadata, tensors } = readModel(bytes);
    expect(bitsOf(again)).toEqual(bitsOf(model));
    expect(again.layout).toEqual(model.layout);
    expect([again.type, again.inputs, again.outputs]).toEqual([type, 3, 5]);
    expect(again.cells.map((cell) => cell.config)).toEqual(model.cells.map((cell) => cell.config));
    expect(again.readout.activation.name).toBe("sigmoid");
    expect([metadata.size, tensors.size]).toEqual([0, 0]);
    expect(writeModel(again)).toEqual(bytes);
  });

  test.each([...activationNames, "elu(0.25)", "leakyRelu(0.3)"])("with %s in cells and readout", (name) => {
    const activation = activationNamed(name);
    const cells = [elman({ hiddenSize: 3, activation }), elman({ hiddenSize: 2, activation, bias: false })];
    const model = sequenceModel({
      inputs: 2,
      cells,
      outputs: 2,
      readout: { activation, bias: false },
      seed: 3,
    });
    const { model: again } = readModel(writeModel(model));
    expect(bitsOf(again)).toEqual(bitsOf(model));
    expect(again.readout.activation.name).toBe(activation.name);
    const inputs = new View(
      Float32Array.from({ length: 10 }, (_, i) => Math.sin(i)),
      0,
      5,
      2,
    );
    expect(again.run(inputs, { steps: 5 })).toEqual(model.run(inputs, { steps: 5 }));
  });

  test("brings along what was written with it", () => {
    const own: Tensor = { dtype: "I32", shape: [2], data: Int32Array.of(1, 2) };
    const bytes = writeModel(stack(), { metadata: { note: "mine" }, tensors: { "own.counts": own } });
    const { metadata, tensors } = readModel(bytes);
    expect([...metadata]).toEqual([["note", "mine"]]);
    expect([...tensors.keys()]).toEqual(["own.counts"]);
    expect([...tensors.get("own.counts")!.data]).toEqual([1, 2]);
  });

  test("may have a cell of one's own, if its maker is named", () => {
    const mine = (inputSize: number) => {
      const cell = elmanCell({ inputSize, hiddenSize: 2 });
      return Object.defineProperties(cell, { kind: { value: "mine" }, config: { value: { units: 2 } } });
    };
    const model = sequenceModel({ inputs: 1, cells: [mine], outputs: 1 });
    const bytes = writeModel(model);
    expect(bitsOf(readModel(bytes, { mine: () => mine }).model)).toEqual(bitsOf(model));
    const error = thrown(() => readModel(bytes));
    expect([error.code, error.message]).toEqual([
      "unsupported",
      'readModel: cells of kind "mine" (at byte 8)',
    ]);
  });
});

describe("a model that is not written, since nobody could read it", () => {
  const one: Tensor = { dtype: "F32", shape: [1], data: new Float32Array(1) };
  const withConfig = (config: unknown): SequenceModel => {
    const mine = (inputSize: number) =>
      Object.defineProperties(elmanCell({ inputSize, hiddenSize: 2 }), {
        kind: { value: "mine" },
        config: { value: config },
      });
    return sequenceModel({ inputs: 1, cells: [mine], outputs: 1 });
  };
  const mine = elementwise({ name: "mine", value: (z) => z, derivative: () => 1 });

  const cases: [string, () => unknown, string][] = [
    [
      "a tensor under the name of a parameter",
      () => writeModel(stack(), { tensors: { "0.W_hh": one } }),
      'writeModel: name of a tensor is "0.W_hh", expected another one: it belongs to the model',
    ],
    [
      "metadata under a key of ours",
      () => writeModel(stack(), { metadata: new Map([["version", "9"]]) }),
      'writeModel: key of the metadata is "version", expected another one: it belongs to the model',
    ],
    [
      "a cell that does not say what makes it again",
      () => writeModel(withConfig(undefined)),
      'writeModel: config of cell 0, "mine" is undefined, expected what makes the cell again',
    ],
    [
      "a number that JSON has not",
      () => writeModel(withConfig({ rate: Number.NaN })),
      'writeModel: config.rate of cell 0, "mine" is NaN, expected a string, a boolean or a finite number',
    ],
    [
      "an activation of one's own in the readout",
      () =>
        writeModel(
          sequenceModel({
            inputs: 1,
            cells: [elman({ hiddenSize: 1 })],
            outputs: 1,
            readout: { activation: mine },
          }),
        ),
      'writeModel: activation of the readout is "mine", expected one that activationNamed knows, or no reader could',
    ],
  ];
  test.each(cases)("%s", (_, write, message) => {
    expect(write).toThrow(ValueError);
    expect(write).toThrow(message);
  });

  test("an activation of one's own in a cell needs its maker", () => {
    const model = sequenceModel({
      inputs: 1,
      cells: [elman({ hiddenSize: 2, activation: mine })],
      outputs: 1,
    });
    const bytes = writeModel(model);
    const maker = () => elman({ hiddenSize: 2, activation: mine });
    expect(bitsOf(readModel(bytes, { elman: maker }).model)).toEqual(bitsOf(model));
    expect(thrown(() => readModel(bytes)).message).toContain('activationNamed: option name is "mine"');
  });
});

test("tensorOf copies the numbers of a slice of columns", () => {
  const view = new View(Float64Array.of(1, 2, 3, 4, 5, 6), 1, 2, 2, 3);
  expect(tensorOf(view)).toEqual({ dtype: "F64", shape: [2, 2], data: Float64Array.of(2, 3, 5, 6) });
  expect(tensorOf(view, [4]).shape).toEqual([4]);
});

describe("a file that is no model of ours", () => {
  const good = readSafetensors(writeModel(stack()));
  const config = JSON.parse(good.metadata.get("model")!);
  const withText = (key: string, text: string | undefined) => {
    const metadata = new Map(good.metadata);
    if (text === undefined) metadata.delete(key);
    else metadata.set(key, text);
    return writeSafetensors(good.tensors, metadata);
  };
  const withConfig = (change: object) => withText("model", JSON.stringify({ ...config, ...change }));
  const withTensor = (name: string, tensor: Tensor | undefined) => {
    const tensors = new Map(good.tensors);
    if (tensor) tensors.set(name, tensor);
    else tensors.delete(name);
    return writeSafetensors(tensors, good.metadata);
  };
  const cell = config.cells[0];

  const cases: [string, Uint8Array, string, "format" | "unsupported"][] = [
    ["an empty file", new Uint8Array(0), "the file has 0 bytes", "format"],
    ["text", new TextEncoder().encode("Call me Ishmael."), "the header has", "format"],
    [
      "a file of another program",
      withText("format", "pt"),
      'format is "pt", expected "unroll-model"',
      "format",
    ],
    ["a file without metadata", writeSafetensors(good.tensors), "format is missing", "format"],
    ["a newer version", withText("version", "2"), 'version "2" of the format', "unsupported"],
    ["no description", withText("model", undefined), "does not describe a model", "format"],
    ["a description that is no JSON", withText("model", "{"), "does not describe a model", "format"],
    ["null", withText("model", "null"), "does not describe a model", "format"],
    ["a type that is none", withConfig({ type: "float16" }), "does not describe a model", "format"],
    ["no cells", withConfig({ cells: [] }), "does not describe a model", "format"],
    ["a cell that is null", withConfig({ cells: [null] }), "does not describe a model", "format"],
    [
      "a cell's config that is null",
      withConfig({ cells: [{ ...cell, config: null }] }),
      "does not describe",
      "format",
    ],
    ["a readout that is null", withConfig({ readout: null }), "does not describe a model", "format"],
    [
      "a kind that Object has",
      withConfig({ cells: [{ ...cell, kind: "toString" }] }),
      'kind "toString"',
      "unsupported",
    ],
    [
      "a size that is none",
      withConfig({ cells: [{ ...cell, config: { hiddenSize: -4 } }] }),
      "does not describe a model: ",
      "format",
    ],
    [
      "a bias that is none",
      withConfig({ cells: [{ ...cell, config: { ...cell.config, bias: "yes" } }] }),
      "does not describe a model: elman: config is",
      "format",
    ],
    [
      "a readout without bias",
      withConfig({ readout: { activation: "tanh" } }),
      "does not describe",
      "format",
    ],
    [
      "a readout's activation that is null",
      withConfig({ readout: { activation: null, bias: true } }),
      "not describe",
      "format",
    ],
    ["inputs that are none", withConfig({ inputs: "3" }), "does not describe a model: ", "format"],
    ["outputs that are none", withConfig({ outputs: undefined }), "does not describe a model: ", "format"],
    [
      "an activation that is none",
      withConfig({ readout: { activation: "tan", bias: true } }),
      'does not describe a model: activationNamed: option name is "tan"',
      "format",
    ],
    [
      "a size that no memory holds",
      withConfig({ cells: [{ ...cell, config: { ...cell.config, hiddenSize: 2 ** 40 } }, config.cells[1]] }),
      'tensor "0.W_xh" is F32 4×3, expected F32 1099511627776×3',
      "format",
    ],
    [
      "a lost parameter",
      withTensor("1.W_hh", undefined),
      'tensor "1.W_hh" is missing, expected F32 2×2',
      "format",
    ],
    [
      "a parameter of another shape",
      withTensor("1.W_hh", { dtype: "F32", shape: [4], data: new Float32Array(4) }),
      'tensor "1.W_hh" is F32 4, expected F32 2×2',
      "format",
    ],
    [
      "a parameter of another type",
      withTensor("1.W_hh", { dtype: "F64", shape: [2, 2], data: new Float64Array(4) }),
      'tensor "1.W_hh" is F64 2×2, expected F32 2×2',
      "format",
    ],
  ];
  test.each(cases)("%s", (_, bytes, message, code) => {
    const error = thrown(() => readModel(bytes));
    expect(error.message).toContain(message);
    expect(error.code).toBe(code);
    if (code === "format") expect(error).toBeInstanceOf(FormatError);
  });
});
