import { activationNamed, type ElementwiseActivation, elementwise, leakyRelu } from "@unroll/activations";
import { readOnnx, writeOnnx } from "@unroll/io/onnx";
import { OptionError, ValueError } from "@unroll/kernels";
import { type SequenceModel, sequenceModel } from "@unroll/model";
import { elman, elmanCell } from "@unroll/rnn-cell";
import { describe, expect, test } from "vitest";
import { decode } from "../fuzz/onnx/decode.ts";
import { attribute, field, fileOf, goodParts, node } from "./proto.ts";
import { CELL_ACTIVATIONS, READOUT_ACTIVATIONS, randomCase } from "./random-case.ts";

/** The bits of all parameters. */
function bitsOf({ parameters: { data, offset, size } }: SequenceModel): Uint8Array {
  return new Uint8Array(data.slice(offset, offset + size).buffer);
}

describe("a model that is written and read", () => {
  test.each(["float32", "float64"] as const)("is the same model, bit for bit, 60 times in %s", (type) => {
    for (let seed = 1000; seed < 1060; seed++) {
      const { model, tokens } = randomCase(seed, type);
      const { data, offset, size } = model.parameters;
      for (let i = seed % 7; i < size; i += 7) data[offset + i] = i % 3 === 0 ? -0 : 1e-40 * i;
      const bytes = writeOnnx(model, { tokens });
      const { model: again, input, output } = readOnnx(bytes);
      expect(bitsOf(again)).toEqual(bitsOf(model));
      expect(again.layout).toEqual(model.layout);
      expect(again.cells.map(({ config }) => config)).toEqual(model.cells.map(({ config }) => config));
      expect(again.readout.activation.name).toBe(model.readout.activation.name);
      expect(input).toEqual({ name: tokens ? "tokens" : "inputs", tokens, axes: tokens ? "TB" : "TBI" });
      expect(output).toEqual({ name: "outputs", axes: "TBO" });
      expect(writeOnnx(again, { tokens })).toEqual(bytes);
    }
  });

  test("may change its type on the way", () => {
    const { model } = randomCase(3, "float64");
    const narrow = readOnnx(writeOnnx(model, { type: "float32" })).model;
    expect(narrow.type).toBe("float32");
    expect(bitsOf(narrow)).toEqual(bitsOf(randomCase(3, "float32").model)); // its numbers are float32
    expect(bitsOf(readOnnx(writeOnnx(narrow), { type: "float64" }).model)).toEqual(bitsOf(model));
  });

  test("brings metadata along", () => {
    const { model } = randomCase(4);
    const metadata = new Map([
      ["__proto__", "a"],
      ["note", "\ufeffé\u{1f600}"],
    ]);
    const file = readOnnx(writeOnnx(model, { metadata }));
    expect([...file.metadata]).toEqual([...metadata]);
    expect(file.producer).toBe("unroll");
    expect(readOnnx(writeOnnx(model, { metadata: { a: "b" } })).metadata.get("a")).toBe("b");
  });

  test("keeps activations that only ONNX has", () => {
    for (const [name, alpha, beta, clip] of [
      ["HardSigmoid", 0.2, 0.5],
      ["Affine", 2, -1],
      ["ScaledTanh", 1.7159, 0.6667],
      ["ThresholdedRelu", 0.1],
      ["Tanh", undefined, undefined, 3],
      ["LeakyRelu", 0.3, undefined, 0.1],
      ["Affine", 1, 0, 2.5],
    ] as const) {
      const parts = goodParts();
      const attributes = [attribute("activations", { strings: [name] })];
      if (alpha !== undefined) attributes.push(attribute("activation_alpha", { floats: [alpha] }));
      if (beta !== undefined) attributes.push(attribute("activation_beta", { floats: [beta] }));
      if (clip !== undefined) attributes.push(attribute("clip", { f: clip }));
      parts.nodes[0] = field(1, node("RNN", ["x", "W", "R", "B", "", "h0"], ["Y", "Y_h"], ...attributes));
      const { model } = readOnnx(fileOf(parts).bytes);
      const { model: again } = readOnnx(writeOnnx(model));
      expect(again.cells[0]!.config).toEqual(model.cells[0]!.config);
      expect(bitsOf(again)).toEqual(bitsOf(model));
    }
  });
});

describe("activations that only ONNX has", () => {
  const named = (name: string, alpha: number, beta: number, clip?: number): ElementwiseActivation => {
    const parts = goodParts();
    const attributes = [
      attribute("activations", { strings: [name] }),
      attribute("activation_alpha", { floats: [alpha] }),
      attribute("activation_beta", { floats: [beta] }),
      ...(clip === undefined ? [] : [attribute("clip", { f: clip })]),
    ];
    parts.nodes[0] = field(1, node("RNN", ["x", "W", "R", "B", "", "h0"], ["Y", "Y_h"], ...attributes));
    const [cell] = readOnnx(fileOf(parts).bytes).model.cells;
    return (cell as unknown as { activation: ElementwiseActivation }).activation;
  };

  test.each([
    ["Affine", 0.7, -0.2, undefined],
    ["ScaledTanh", 1.3, 0.8, undefined],
    ["ThresholdedRelu", 0.25, 0, undefined],
    ["HardSigmoid", 0.3, 0.4, undefined],
    ["Tanh", 0, 0, 0.65],
    ["Sigmoid", 0, 0, 1.1],
    ["Softplus", 0, 0, 0.9],
    ["Elu", 0.5, 0, 0.7],
  ] as const)(
    "%s(%d, %d), clip %s: σ′ is the derivative of σ, and no larger than its bound",
    (name, alpha, beta, limit) => {
      const { value, derivative, slope = 0 } = named(name, alpha, beta, limit);
      const h = 1e-6;
      for (let z = -3.03; z < 3; z += 0.11) {
        const difference = (value(z + h) - value(z - h)) / (2 * h);
        expect(Math.abs(derivative(z, value(z)) - difference)).toBeLessThan(1e-8);
        expect(Math.abs(difference)).toBeLessThan(slope + 1e-8);
      }
    },
  );
});

describe("what is written", () => {
  const model = (activation: ElementwiseActivation, readout = activation) =>
    sequenceModel({
      inputs: 2,
      cells: [elman({ hiddenSize: 3, activation })],
      outputs: 2,
      readout: { activation: readout },
    });
  /** Operators and the operator set. */
  const contents = (bytes: Uint8Array): [string[], number] => {
    const file = decode(bytes);
    const inside = (fields: typeof file, number: number) =>
      fields.filter((each) => each.number === number).map(({ content }) => content as typeof file);
    const text = (fields: typeof file, number: number) =>
      new TextDecoder().decode(fields.find((each) => each.number === number)!.content as Uint8Array);
    const opset = inside(file, 8)[0]!.find(({ number }) => number === 2)!.content as bigint;
    return [inside(inside(file, 7)[0]!, 1).map((each) => text(each, 4)), Number(opset)];
  };

  test("real RNN nodes, nothing else for a step", () => {
    const two = sequenceModel({
      inputs: 2,
      cells: [elman({ hiddenSize: 3 }), elman({ hiddenSize: 2 })],
      outputs: 1,
    });
    const layers = ["RNN", "Squeeze", "RNN", "Squeeze"];
    expect(contents(writeOnnx(two))).toEqual([[...layers, "MatMul", "Add"], 13]);
    expect(contents(writeOnnx(two, { tokens: true }))).toEqual([["Gather", ...layers, "MatMul", "Add"], 13]);
  });

  test("operators of a newer set only where they are needed", () => {
    const gelu = activationNamed("gelu") as ElementwiseActivation;
    const tanh = activationNamed("tanh") as ElementwiseActivation;
    expect(contents(writeOnnx(model(tanh, gelu)))[1]).toBe(20);
    expect(contents(writeOnnx(model(tanh)))[1]).toBe(13);
  });

  test("all activations that the lists of the random models have", () => {
    for (const name of CELL_ACTIVATIONS) {
      const activation = activationNamed(name) as ElementwiseActivation;
      expect(contents(writeOnnx(model(activation)))[0]).toContain("RNN");
    }
    for (const name of READOUT_ACTIVATIONS) {
      const written = writeOnnx(model(leakyRelu(), activationNamed(name) as ElementwiseActivation));
      expect(readOnnx(written).model.readout.activation.name).toBe(activationNamed(name).name);
    }
  });

  test("what ONNX cannot hold is refused", () => {
    const own = elementwise({ name: "sine", value: (z) => z, derivative: () => 1 });
    for (const name of ["selu", "silu", "gelu"]) {
      const activation = activationNamed(name) as ElementwiseActivation;
      expect(() => writeOnnx(model(activation))).toThrow(
        `writeOnnx: activation of cell 0 is "${name}", expected one that RNN nodes of ONNX have`,
      );
    }
    expect(() => writeOnnx(model(own))).toThrow(ValueError);
    expect(() => writeOnnx(model(leakyRelu(), own))).toThrow(
      'activation of the readout is "sine", expected one that is an operator of ONNX',
    );
    const mine = (inputSize: number) =>
      Object.defineProperty(elmanCell({ inputSize, hiddenSize: 2 }), "kind", { value: "mine" });
    expect(() => writeOnnx(sequenceModel({ inputs: 1, cells: [mine], outputs: 1 }))).toThrow(
      'kind of cell 0 is "mine", expected "elman"',
    );
    const good = model(leakyRelu());
    expect(() => writeOnnx(good, { metadata: { a: "\ud800" } })).toThrow(ValueError);
    expect(() => writeOnnx(good, { metadata: { a: 1 as never } })).toThrow(ValueError);
    expect(() => writeOnnx(good, { tokens: 1 as never })).toThrow(OptionError);
    expect(() => writeOnnx(good, { type: "float16" as never })).toThrow(OptionError);
    expect(() => writeOnnx(good, { opset: 9 } as object)).toThrow("option opset is 9");
  });
});
