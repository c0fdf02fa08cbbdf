import { readFileSync } from "node:fs";
import { elu, relu, softmax } from "@unroll/activations";
import { readSafetensors, type Tensor, writeSafetensors } from "@unroll/io";
import { readNpz, writeNpz } from "@unroll/io/numpy";
import { type FromPyTorchOptions, fromPyTorch, type ToPyTorchOptions, toPyTorch } from "@unroll/io/pytorch";
import { type FloatArray, View } from "@unroll/kernels";
import { type SequenceModel, sequenceModel } from "@unroll/model";
import { elman, elmanCell } from "@unroll/rnn-cell";
import { describe, expect, test } from "vitest";
import { thrown } from "./files.ts";
import { numbersOf, type PyTorchCase, rows, shapesOf } from "./pytorch-case.ts";

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));

/** Networks of PyTorch and their outputs, by fixtures/pytorch.py. */
const { cases, files, others } = JSON.parse(new TextDecoder().decode(fixture("pytorch.json"))) as {
  cases: PyTorchCase[];
  files: Record<string, Record<"safetensors" | "npz" | "float64" | "float16" | "bfloat16", string>>;
  others: Record<string, string>;
};
const outputs = (await readNpz(fixture("pytorch.npz"))).get("outputs")!.data as Float64Array;

/** Where the outputs of each case begin. */
const starts = [0];
for (const { steps, batch, sizes, outputs } of cases)
  starts.push(starts.at(-1)! + steps * batch * (outputs || sizes.at(-1)!));

const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, "base64"));

function outputsOf(model: SequenceModel, of: PyTorchCase, inputs: Float32Array): FloatArray {
  return model.run(rows(inputs, of.inputs, model.type), { steps: of.steps, batch: of.batch }).data;
}

/** The parameters of a model, out of its arena. */
function parametersOf({ parameters: { data, offset, size } }: SequenceModel): FloatArray {
  return data.slice(offset, offset + size);
}

function hex({ buffer, byteOffset, byteLength }: Tensor["data"]): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("hex");
}

function bits(tensors: ReadonlyMap<string, Tensor>): unknown {
  return Object.fromEntries(
    [...tensors].map(([name, { dtype, shape, data }]) => [name, [dtype, shape, hex(data)]]),
  );
}

describe(`${cases.length} networks of PyTorch`, () => {
  test("in float64 the outputs are PyTorch's", () => {
    for (const [i, each] of cases.entries()) {
      const { state, inputs } = numbersOf(each, i);
      const model = fromPyTorch(state, { nonlinearity: each.nonlinearity, type: "float64" });
      const expected = outputs.subarray(starts[i], starts[i + 1]);
      const got = outputsOf(model, each, inputs);
      expect(got).toHaveLength(expected.length);
      for (const [k, y] of expected.entries())
        expect(Math.abs(got[k] - y), `case ${i}, output ${k}`).toBeLessThan(1e-13 * Math.max(1, Math.abs(y)));
    }
  });

  test("in float32 they are as near to those as PyTorch's float32", () => {
    let [ours, theirs] = [0, 0];
    for (const [i, each] of cases.entries()) {
      const { state, inputs } = numbersOf(each, i);
      const model = fromPyTorch(state, { nonlinearity: each.nonlinearity });
      expect(model.type).toBe("float32");
      const expected = outputs.subarray(starts[i], starts[i + 1]);
      const errors = Array.from(outputsOf(model, each, inputs), (y, k) => Math.abs(y - expected[k]));
      const largest = expected.reduce((most, y) => Math.max(most, Math.abs(y)), 0);
      // A result is rounded to float32 at the end, however it was made: half a unit in its last place.
      const rounding = 2 ** (Math.floor(Math.log2(largest)) - 24);
      expect(Math.max(...errors), `case ${i}`).toBeLessThanOrEqual(2 * (each.error32 + rounding));
      ours += errors.reduce((sum, error) => sum + error * error, 0) / errors.length;
      theirs += each.square32;
    }
    expect(Math.sqrt(ours / theirs)).toBeLessThan(1.5);
  });

  test("the tolerance would not forgive a bias, a transposed matrix or two layers in the other order", () => {
    const each = cases.findIndex(
      ({ kind, sizes, bias }) => kind === "RNN" && sizes.length === 2 && sizes[0]! > 3 && bias,
    );
    const of = cases[each]!;
    const { state, inputs } = numbersOf(of, each);
    const far = (change: (tensors: Map<string, Tensor>) => unknown): number => {
      const tensors = new Map(state);
      change(tensors);
      const got = outputsOf(
        fromPyTorch(tensors, { nonlinearity: of.nonlinearity, type: "float64" }),
        of,
        inputs,
      );
      return Math.max(...Array.from(got, (y, k) => Math.abs(y - outputs[starts[each]! + k]!)));
    };
    const name = of.names[0]!;
    const swap = (tensors: Map<string, Tensor>, a: string, b: string): unknown =>
      tensors.set(a, state.get(b)!).set(b, state.get(a)!);
    expect(far(() => {})).toBeLessThan(1e-13);
    const zero: Tensor = { dtype: "F32", shape: [of.sizes[0]!], data: new Float32Array(of.sizes[0]!) };
    expect(far((tensors) => tensors.set(`${name}.bias_hh_l0`, zero))).toBeGreaterThan(1e-3);
    expect(far((tensors) => swap(tensors, `${name}.weight_hh_l0`, `${name}.weight_hh_l1`))).toBeGreaterThan(
      1e-3,
    );
    const { data, shape } = state.get(`${name}.weight_hh_l0`)!;
    const n = shape[0]!;
    const turned = Float32Array.from(data as Float32Array, (_, i) =>
      Number(data[(i % n) * n + Math.floor(i / n)]),
    );
    expect(
      far((tensors) => tensors.set(`${name}.weight_hh_l0`, { dtype: "F32", shape, data: turned })),
    ).toBeGreaterThan(1e-3);
  });
});

describe("files that Python wrote", () => {
  test.each(Object.entries(files))("of case %s hold the numbers that the tests draw", async (i, file) => {
    const { state } = numbersOf(cases[Number(i)]!, Number(i));
    expect(bits(readSafetensors(bytesOf(file.safetensors)).tensors)).toEqual(bits(state));
    expect(bits(await readNpz(bytesOf(file.npz)))).toEqual(bits(state));
    expect([...(await readNpz(bytesOf(file.npz))).keys()].sort()).toEqual(
      [...shapesOf(cases[Number(i)]!).keys()].sort(),
    );
  });

  test("of other precisions give models of theirs, halves float32", () => {
    const [, file] = Object.entries(files).find(([, { float64 }]) => float64)!;
    const model = (name: keyof typeof file, options?: FromPyTorchOptions): SequenceModel =>
      fromPyTorch(readSafetensors(bytesOf(file[name])).tensors, options);
    const single = parametersOf(model("safetensors"));
    const double = model("float64");
    expect(double.type).toBe("float64");
    expect(parametersOf(model("float64", { type: "float32" }))).toEqual(single);
    for (const name of ["float16", "bfloat16"] as const) {
      const half = model(name);
      expect(half.type).toBe("float32");
      const whole = parametersOf(double);
      const error = Math.max(...Array.from(parametersOf(half), (w, i) => Math.abs(w - whole[i]!)));
      expect(error).toBeGreaterThan(0);
      expect(error).toBeLessThan(0.01);
    }
  });
});

describe("out and in again, not a bit is lost", () => {
  test.each(["float32", "float64"] as const)(
    "%s, over 24 random models and every way to name the modules",
    async (type) => {
      for (let seed = 0; seed < 24; seed++) {
        const layers = 1 + (seed % 3);
        const alike = seed % 2 === 0;
        const nonlinearity = seed % 5 === 0 ? "relu" : "tanh";
        const cells = Array.from({ length: layers }, (_, l) =>
          elman({
            hiddenSize: alike ? 4 : 2 + ((seed + l) % 5),
            bias: seed % 7 !== 0,
            ...(nonlinearity === "relu" && { activation: relu }),
          }),
        );
        const model = sequenceModel({
          inputs: 3,
          cells,
          outputs: 2,
          readout: { bias: seed % 11 !== 0 },
          type,
          seed,
        });
        const { parameters } = model;
        // Biases that are not zero, and some numbers that are easily lost.
        for (let i = 0; i < parameters.size; i++)
          if (parameters.data[parameters.offset + i] === 0)
            parameters.data[parameters.offset + i] = [0.1 * i, -0, 1e-40][i % 3]!;
        model.parametersChanged();
        const expected = hex(parametersOf(model));
        const names = Array.from({ length: layers }, (_, l) => `net.rnn${l}`);
        const ways: [ToPyTorchOptions, FromPyTorchOptions][] = [
          [{ rnn: names }, {}],
          [{ rnn: names, cells: true, readout: "head" }, {}],
          [{ cells: true }, {}],
          [{ rnn: names.toReversed(), readout: "" }, { rnn: names.toReversed() }],
          ...(alike
            ? ([
                [{}, {}],
                [{ rnn: "" }, {}],
                [{ rnn: "a.b", readout: "a.c" }, { rnn: "a.b" }],
              ] as [ToPyTorchOptions, FromPyTorchOptions][])
            : []),
        ];
        for (const [out, back] of ways) {
          const state = toPyTorch(model, out);
          const files = [readSafetensors(writeSafetensors(state)).tensors, await readNpz(writeNpz(state))];
          for (const tensors of files) {
            const again = fromPyTorch(tensors, { nonlinearity, ...back });
            expect(hex(parametersOf(again))).toBe(expected);
            expect(bits(toPyTorch(again, out))).toEqual(bits(state));
          }
        }
      }
    },
  );
});

test("without an nn.Linear the hidden states are the outputs", () => {
  const i = cases.findIndex(({ outputs }) => outputs === 0);
  const { state } = numbersOf(cases[i]!, i);
  const model = fromPyTorch(state);
  const n = cases[i]!.sizes.at(-1)!;
  expect(model.outputs).toBe(n);
  expect([...toPyTorch(model, { rnn: cases[i]!.names, cells: true }).get("fc.weight")!.data]).toEqual(
    Array.from({ length: n * n }, (_, k) => Number(k % (n + 1) === 0)),
  );
  expect([...toPyTorch(model, { rnn: cases[i]!.names, readout: false }).keys()].join()).not.toContain("fc");
});

test("a readout activation goes behind the nn.Linear", () => {
  const state = toPyTorch(
    sequenceModel({ inputs: 2, cells: [elman({ hiddenSize: 3 })], outputs: 4, seed: 1 }),
  );
  const model = fromPyTorch(state, { readoutActivation: softmax });
  const y = model.run(new View(Float32Array.of(1, 2), 0, 1, 2), { steps: 1 }).data;
  expect(Array.from(y).reduce((a, b) => a + b)).toBeCloseTo(1, 6);
});

test("names in a plain object do as well", () => {
  const state = toPyTorch(
    sequenceModel({ inputs: 2, cells: [elman({ hiddenSize: 3 })], outputs: 4, seed: 1 }),
  );
  expect(bits(toPyTorch(fromPyTorch(Object.fromEntries(state))))).toEqual(bits(state));
});

describe("a module of another kind is named", () => {
  const messages: Record<string, string> = {
    "an LSTM": '"" is an LSTM: "weight_hh_l0" is 12×3',
    "a GRU": '"" is a GRU: "weight_hh_l0" is 9×3',
    "an LSTM with a projection": '"weight_hr_l0" belongs to an nn.LSTM with a projection',
    "a GRU cell": '"" is a GRU: "weight_hh" is 9×3',
    "a bidirectional RNN": '_reverse" belongs to a bidirectional module',
    "an embedding":
      'there are 2 modules beside the recurrent ones ("0", "2"), expected one nn.Linear behind them',
    "two nn.Linear": 'there are 2 modules beside the recurrent ones ("1", "2")',
    "batch normalization": '"1.num_batches_tracked" belongs to no nn.RNN, nn.RNNCell or nn.Linear',
    attention: "belongs to no nn.RNN, nn.RNNCell or nn.Linear",
  };
  const shapes: Record<string, string> = {
    "layer normalization": "1.weight is 3, expected rows×3",
    "a convolution": "1.weight is 2×3×1, expected rows×3",
  };
  const state = (name: string) => readSafetensors(bytesOf(others[name]!)).tensors;
  test.each(Object.entries(messages))("%s", (name, message) => {
    const error = thrown(() => fromPyTorch(state(name)));
    expect(error).toMatchObject({ code: "unsupported", details: { where: "fromPyTorch" } });
    expect(error.message).toContain(message);
  });
  test.each(Object.entries(shapes))("%s", (name, message) => {
    const error = thrown(() => fromPyTorch(state(name)));
    expect(error).toMatchObject({ code: "shape" });
    expect(error.message).toContain(message);
  });
  test("no RNN", () => {
    expect(() => fromPyTorch(state("no RNN"))).toThrow(
      'the state dict is "without weight_hh", expected an nn.RNN',
    );
  });
});

describe("a state dict that is not whole", () => {
  const floats = (...shape: number[]): Tensor => ({
    dtype: "F32",
    shape,
    data: new Float32Array(shape.reduce((a, b) => a * b, 1)),
  });
  const good = (): Map<string, Tensor> =>
    new Map([
      ["rnn.weight_ih_l0", floats(4, 3)],
      ["rnn.weight_hh_l0", floats(4, 4)],
      ["rnn.bias_ih_l0", floats(4)],
      ["rnn.bias_hh_l0", floats(4)],
      ["rnn.weight_ih_l1", floats(4, 4)],
      ["rnn.weight_hh_l1", floats(4, 4)],
      ["fc.weight", floats(2, 4)],
      ["fc.bias", floats(2)],
    ]);
  const cases: [string, (state: Map<string, Tensor>) => unknown, string, string][] = [
    ["no tensors", (state) => state.clear(), "value", "expected an nn.RNN or nn.RNNCell"],
    [
      "no weight_ih",
      (state) => state.delete("rnn.weight_ih_l1"),
      "value",
      'tensor "rnn.weight_ih_l1" is undefined',
    ],
    [
      "no weight_hh",
      (state) => state.delete("rnn.weight_hh_l1"),
      "value",
      'tensor "rnn.weight_hh_l1" is undefined',
    ],
    [
      "no bias_hh",
      (state) => state.delete("rnn.bias_hh_l0"),
      "value",
      'tensor "rnn.bias_hh_l0" is undefined',
    ],
    [
      "no bias_ih",
      (state) => state.delete("rnn.bias_ih_l0"),
      "value",
      'tensor "rnn.bias_ih_l0" is undefined',
    ],
    [
      "no weight of the nn.Linear",
      (state) => state.delete("fc.weight"),
      "value",
      'weight of "fc" is undefined',
    ],
    [
      "a layer too many",
      (state) => state.set("rnn.weight_ih_l3", floats(4, 4)),
      "value",
      'tensor "rnn.weight_hh_l2" is undefined',
    ],
    [
      "a cell of the same name",
      (state) => state.set("rnn.weight_hh", floats(4, 4)),
      "value",
      'module "rnn" is',
    ],
    [
      "weight_hh not square",
      (state) => state.set("rnn.weight_hh_l0", floats(4, 3)),
      "shape",
      "rnn.weight_hh_l0 is 4×3, expected 3×3",
    ],
    [
      "weight_hh a row",
      (state) => state.set("rnn.weight_hh_l0", floats(4)),
      "shape",
      "rnn.weight_hh_l0 is 4",
    ],
    [
      "weight_hh empty",
      (state) => state.set("rnn.weight_hh_l0", floats(0, 0)),
      "shape",
      "rnn.weight_hh_l0 is 0×0",
    ],
    [
      "weight_ih of other units",
      (state) => state.set("rnn.weight_ih_l0", floats(5, 3)),
      "shape",
      "rnn.weight_ih_l0 is 5×3, expected 4×columns",
    ],
    [
      "weight_ih without inputs",
      (state) => state.set("rnn.weight_ih_l0", floats(4, 0)),
      "shape",
      "rnn.weight_ih_l0 is 4×0",
    ],
    [
      "a second layer of other inputs",
      (state) => state.set("rnn.weight_ih_l1", floats(4, 5)),
      "shape",
      "rnn.weight_ih_l1 is 4×5, expected 4×4",
    ],
    [
      "a bias of other length",
      (state) => state.set("rnn.bias_hh_l0", floats(5)),
      "shape",
      "rnn.bias_hh_l0 is 5, expected 4",
    ],
    [
      "a bias that is a matrix",
      (state) => state.set("rnn.bias_ih_l0", floats(1, 4)),
      "shape",
      "rnn.bias_ih_l0 is 1×4, expected 4",
    ],
    [
      "a readout of other inputs",
      (state) => state.set("fc.weight", floats(2, 5)),
      "shape",
      "fc.weight is 2×5, expected rows×4",
    ],
    [
      "a readout bias of other length",
      (state) => state.set("fc.bias", floats(3)),
      "shape",
      "fc.bias is 3, expected 2",
    ],
    [
      "whole numbers",
      (state) => state.set("fc.bias", { dtype: "I32", shape: [2], data: new Int32Array(2) }),
      "unsupported",
      '"fc.bias" holds I32',
    ],
    [
      "two precisions",
      (state) => state.set("fc.bias", { dtype: "F64", shape: [2], data: new Float64Array(2) }),
      "unsupported",
      '"rnn.weight_ih_l0" is F32, but "fc.bias" is F64',
    ],
    [
      "data of another length",
      (state) => state.set("fc.bias", { ...floats(2), shape: [3] } as Tensor),
      "value",
      'length of the data of tensor "fc.bias" is 2',
    ],
    ["a buffer", (state) => state.set("scale", floats()), "unsupported", '"scale" belongs to no nn.RNN'],
    [
      "two modules, who knows in which order",
      (state) => state.set("decoder.weight_hh", floats(4, 4)).set("decoder.weight_ih", floats(4, 4)),
      "option",
      'option rnn is undefined, expected the order of "rnn", "decoder": their names do not say it',
    ],
    [
      "two modules of the same number",
      (state) => state.set("c.01.weight_hh", floats(4, 4)).set("c.1.weight_hh", floats(4, 4)),
      "option",
      "their names do not say it",
    ],
  ];
  test("but this one is", () => {
    expect(fromPyTorch(good()).cells).toHaveLength(2);
  });
  test.each(cases)("%s", (_, change, code, message) => {
    const state = good();
    change(state);
    const error = thrown(() => fromPyTorch(state));
    expect(error.message).toContain(message);
    expect(error.message).toMatch(/^fromPyTorch: /);
    expect(error).toMatchObject({ code });
  });
  test.each([
    ["an option that there is not", { hidden: 3 }, "no such option"],
    ["another nonlinearity", { nonlinearity: "gelu" }, 'option nonlinearity is "gelu"'],
    ["a module that there is not", { rnn: "gru" }, 'option rnn is ["gru"], expected each of "rnn" once'],
    ["a module twice", { rnn: ["rnn", "rnn"] }, "expected each of"],
  ])("%s", (_, options, message) => {
    const error = thrown(() => fromPyTorch(good(), options as FromPyTorchOptions));
    expect(error).toMatchObject({ code: "option" });
    expect(error.message).toContain(message);
  });
});

describe("a model that PyTorch's modules cannot hold", () => {
  const of = (...cells: Parameters<typeof elman>[0][]): SequenceModel =>
    sequenceModel({ inputs: 2, cells: cells.map((options) => elman(options)), outputs: 2 });
  const mine = (inputSize: number) =>
    Object.defineProperties(elmanCell({ inputSize, hiddenSize: 3 }), { kind: { value: "mine" } });
  test.each<[string, () => unknown, string, string]>([
    [
      "another cell",
      () => toPyTorch(sequenceModel({ inputs: 2, cells: [mine], outputs: 2 })),
      "value",
      'kind of cell 0 is "mine"',
    ],
    [
      "another activation",
      () => toPyTorch(of({ hiddenSize: 2, activation: elu() })),
      "value",
      "activation of cell 0 is",
    ],
    [
      "layers of two sizes in one nn.RNN",
      () => toPyTorch(of({ hiddenSize: 2 }, { hiddenSize: 3 })),
      "value",
      'cell 1 is "3 units with tanh", expected 2 units with tanh',
    ],
    [
      "layers of two nonlinearities",
      () => toPyTorch(of({ hiddenSize: 2 }, { hiddenSize: 2, activation: relu })),
      "value",
      "2 units with relu",
    ],
    [
      "a bias in one layer",
      () => toPyTorch(of({ hiddenSize: 2 }, { hiddenSize: 2, bias: false })),
      "value",
      "and no bias",
    ],
    [
      "fewer names than layers",
      () => toPyTorch(of({ hiddenSize: 2 }), { rnn: [] }),
      "option",
      "a name for each of the 1 layers",
    ],
    [
      "a name twice",
      () => toPyTorch(of({ hiddenSize: 2 }, { hiddenSize: 2 }), { rnn: ["a", "a"] }),
      "option",
      "a name for each",
    ],
    [
      "another option",
      () => toPyTorch(of({ hiddenSize: 2 }), { hidden: 1 } as object),
      "option",
      "no such option",
    ],
  ])("%s", (_, write, code, message) => {
    const error = thrown(write);
    expect(error).toMatchObject({ code });
    expect(error.message).toContain(message);
  });
});
