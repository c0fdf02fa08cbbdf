import { readFileSync } from "node:fs";
import { type Activation, activationNamed, relu } from "@unroll/activations";
import type { Tensor } from "@unroll/io";
import { type FromKerasOptions, fromKeras, toKeras } from "@unroll/io/keras";
import { readNpz, writeNpz } from "@unroll/io/numpy";
import { type FloatArray, View } from "@unroll/kernels";
import { type SequenceModel, sequenceModel } from "@unroll/model";
import { elman, elmanCell } from "@unroll/rnn-cell";
import { describe, expect, test } from "vitest";
import { thrown } from "./files.ts";

interface KerasCase {
  readonly activation: string;
  readonly readoutActivation: string;
  readonly inputs: number;
  readonly steps: number;
  readonly batch: number;
  readonly weights: { shape: number[]; data: number[] }[];
  readonly x: number[];
  readonly y: number[];
}

/** Networks of Keras layers and their outputs, by fixtures/keras.mjs. */
const cases = JSON.parse(
  readFileSync(new URL("fixtures/keras.json", import.meta.url), "utf8"),
) as KerasCase[];

const activation = (name: string): Activation => activationNamed(name === "linear" ? "identity" : name);

function weightsOf({ weights }: KerasCase): Map<string, Tensor> {
  return new Map(
    weights.map(({ shape, data }, i) => [`arr_${i}`, { dtype: "F32", shape, data: Float32Array.from(data) }]),
  );
}

const optionsOf = (each: KerasCase): FromKerasOptions => ({
  activation: activation(each.activation),
  readoutActivation: activation(each.readoutActivation),
});

/** Keras has batches outside, we have steps outside. */
function outputsOf(model: SequenceModel, { x, inputs, steps, batch }: KerasCase): number[] {
  const rows = model.type === "float32" ? new Float32Array(x.length) : new Float64Array(x.length);
  for (let b = 0; b < batch; b++)
    for (let t = 0; t < steps; t++)
      for (let i = 0; i < inputs; i++) rows[(t * batch + b) * inputs + i] = x[(b * steps + t) * inputs + i]!;
  const { data, columns } = model.run(new View(rows, 0, steps * batch, inputs), { steps, batch });
  return Array.from({ length: data.length }, (_, i) => {
    const [b, t] = [Math.floor(i / (steps * columns)), Math.floor(i / columns) % steps];
    return data[(t * batch + b) * columns + (i % columns)]!;
  });
}

const hex = ({ buffer, byteOffset, byteLength }: Tensor["data"]): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString("hex");

function parametersOf({ parameters: { data, offset, size } }: SequenceModel): FloatArray {
  return data.slice(offset, offset + size);
}

describe("networks of Keras", () => {
  test.each(cases.map((each, i) => [i, each] as const))("%i", (_, each) => {
    for (const type of ["float32", "float64"] as const) {
      const y = outputsOf(fromKeras(weightsOf(each), { ...optionsOf(each), type }), each);
      expect(y).toHaveLength(each.y.length);
      for (const [k, value] of y.entries()) expect(Math.abs(value - each.y[k]!)).toBeLessThan(1e-6);
    }
  });

  test("the tolerance would not forgive matrices as PyTorch keeps them", () => {
    const each = cases.find(
      ({ weights }) => weights[0]!.shape.join() === "3,3" && weights[1]!.shape.join() === "3,3",
    )!;
    const turned = weightsOf(each);
    for (const name of ["arr_0", "arr_1"]) {
      const { data } = turned.get(name)!;
      const other = Float32Array.from(data as Float32Array, (_, i) =>
        Number(data[(i % 3) * 3 + Math.floor(i / 3)]),
      );
      turned.set(name, { dtype: "F32", shape: [3, 3], data: other });
      const y = outputsOf(fromKeras(turned, optionsOf(each)), each);
      expect(Math.max(...y.map((value, k) => Math.abs(value - each.y[k]!)))).toBeGreaterThan(1e-3);
    }
  });

  test("out again they are what they were", async () => {
    for (const each of cases) {
      const model = fromKeras(weightsOf(each), optionsOf(each));
      const again = await readNpz(writeNpz(toKeras(model)));
      const expected = [...weightsOf(each)];
      for (const [name, { shape, data }] of expected) {
        expect(again.get(name)!.shape).toEqual(shape);
        expect(hex(again.get(name)!.data)).toBe(hex(data));
      }
    }
  });
});

test("out and in again, not a bit is lost", async () => {
  for (let seed = 0; seed < 12; seed++) {
    const type = seed % 2 ? "float32" : "float64";
    const cells = Array.from({ length: 1 + (seed % 3) }, (_, l) =>
      elman({ hiddenSize: 2 + l, bias: seed % 4 > 0 }),
    );
    const model = sequenceModel({
      inputs: 3,
      cells,
      outputs: 2,
      readout: { bias: seed % 5 > 0 },
      type,
      seed,
    });
    const again = fromKeras(await readNpz(writeNpz(toKeras(model))));
    expect(again.type).toBe(type);
    expect(hex(parametersOf(again))).toBe(hex(parametersOf(model)));
  }
});

describe("weights of other layers are named", () => {
  const floats = (...shape: number[]): Tensor => ({
    dtype: "F32",
    shape,
    data: new Float32Array(shape.reduce((a, b) => a * b, 1)),
  });
  const list = (...shapes: number[][]): Record<string, Tensor> =>
    Object.fromEntries(shapes.map((shape, i) => [`w${i}`, floats(...shape)]));
  const half: Tensor = { dtype: "I32", shape: [4], data: new Int32Array(4) };
  test.each<[string, Record<string, Tensor>, string, string]>([
    ["an LSTM", list([2, 12], [3, 12], [12]), "unsupported", '"w1" is 3×12, the recurrent kernel of an LSTM'],
    ["a GRU", list([2, 9], [3, 9], [2, 9]), "unsupported", '"w1" is 3×9, the recurrent kernel of a GRU'],
    [
      "an embedding",
      list([9, 2], [2, 3], [3, 3], [3]),
      "shape",
      'recurrent kernel of SimpleRNN 0 ("w1") is 2×3, expected 2×2',
    ],
    [
      "two Dense",
      list([2, 3], [3, 3], [3], [3, 3], [3], [3, 1], [1]),
      "shape",
      'recurrent kernel of SimpleRNN 1 ("w4") is 3, expected 3×3',
    ],
    [
      "something behind the Dense",
      list([2, 3], [3, 3], [3], [3, 2], [2], [2]),
      "unsupported",
      '"w5" comes behind the Dense layer',
    ],
    [
      "a convolution",
      list([2, 3], [3, 3], [3], [3, 3, 2]),
      "shape",
      'kernel of the Dense ("w3") is 3×3×2, expected 3×outputs',
    ],
    ["no layers", {}, "value", "number of matrices is 0, expected two or more"],
    ["a Dense alone", list([2, 3], [3]), "value", "number of matrices is 1"],
    [
      "a recurrent kernel that is not square",
      list([2, 3], [3, 4]),
      "shape",
      'recurrent kernel of SimpleRNN 0 ("w1") is 3×4, expected 3×3',
    ],
    [
      "a kernel of other units",
      list([2, 4], [3, 3], [3]),
      "shape",
      'kernel of SimpleRNN 0 ("w0") is 2×4, expected inputs×3',
    ],
    [
      "a second layer of other inputs",
      list([2, 3], [3, 3], [4, 5], [5, 5]),
      "shape",
      'kernel of SimpleRNN 1 ("w2") is 4×5, expected 3×5',
    ],
    [
      "a bias of other length",
      list([2, 3], [3, 3], [4]),
      "shape",
      'bias of SimpleRNN 0 ("w2") is 4, expected 3',
    ],
    [
      "a Dense of other inputs",
      list([2, 3], [3, 3], [3], [4, 2]),
      "shape",
      'kernel of the Dense ("w3") is 4×2, expected 3×outputs',
    ],
    ["nothing in it", list([0, 0], [0, 0]), "shape", 'kernel of SimpleRNN 0 ("w0") is 0×0'],
    ["whole numbers", { ...list([2, 4], [4, 4]), bias: half }, "unsupported", '"bias" holds I32'],
  ])("%s", (_, weights, code, message) => {
    const error = thrown(() => fromKeras(weights));
    expect(error.message).toContain(message);
    expect(error.message).toMatch(/^fromKeras: /);
    expect(error).toMatchObject({ code });
  });

  test("arrays out of order", () => {
    const tensors = { arr_1: floats(2, 3), arr_0: floats(3, 3) };
    expect(() => fromKeras(tensors)).toThrow(
      'tensor 0 is "arr_1", expected arr_0: the order of get_weights()',
    );
  });

  test("options that there are not", () => {
    const weights = list([2, 3], [3, 3]);
    expect(() => fromKeras(weights, { nonlinearity: "tanh" } as object)).toThrow(
      "no such option: activation",
    );
    expect(fromKeras(weights, { activation: relu }).cells[0]!.config?.activation).toBe("relu");
  });

  test("and so are cells that Keras has no layer for", () => {
    const mine = (inputSize: number) =>
      Object.defineProperties(elmanCell({ inputSize, hiddenSize: 3 }), { kind: { value: "mine" } });
    const model = sequenceModel({ inputs: 2, cells: [mine], outputs: 2 });
    expect(() => toKeras(model)).toThrow('toKeras: kind of cell 0 is "mine"');
  });
});
