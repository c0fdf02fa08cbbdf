import { View } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";
import { generate, type SampleOptions, type SequenceModel, sampleTokens, sequenceModel } from "@unroll/model";
import { elman } from "@unroll/rnn-cell";
import { describe, expect, test } from "vitest";

const V = 6;
const model = sequenceModel({ inputs: V, cells: [elman({ hiddenSize: 8 })], outputs: V, seed: 4 });

const take = (count: number, options?: SampleOptions, from: SequenceModel = model): number[] => {
  const source = sampleTokens(from, options);
  return Array.from({ length: count }, () => source.next().value);
};

/** A model whose outputs are always the same. */
function constantOutputs(logits: readonly number[]): SequenceModel {
  const constant = sequenceModel({
    inputs: logits.length,
    cells: [elman({ hiddenSize: 1 })],
    outputs: logits.length,
    type: "float64",
  });
  const { data, offset, columns } = constant.parameters;
  data.fill(0, offset, offset + columns);
  data.set(logits, offset + columns - logits.length);
  constant.parametersChanged();
  return constant;
}

test("the same seed gives the same tokens, another one others", () => {
  expect(take(50, { seed: 3 })).toEqual(take(50, { seed: 3 }));
  expect(take(50, { seed: 3 })).not.toEqual(take(50, { seed: 4 }));
  expect(take(50)).toEqual(take(50, { seed: 0, temperature: 1, topK: 0, prompt: [0] }));
});

test("temperature 0 takes the likeliest token each time, as topK 1 does", () => {
  const stream = model.stream();
  const logits = new Float32Array(V);
  stream.step(2, logits);
  const expected: number[] = [];
  for (let i = 0; i < 30; i++) {
    expected.push(logits.indexOf(Math.max(...logits)));
    stream.step(expected[i], logits);
  }
  expect(take(30, { prompt: [2], temperature: 0 })).toEqual(expected);
  expect(take(30, { prompt: [2], topK: 1, seed: 5 })).toEqual(expected);
});

test("a prompt is read before the first token is drawn", () => {
  const stream = model.stream();
  const logits = new Float32Array(V);
  for (const token of [3, 1, 4]) stream.step(token, logits);
  const [first] = take(1, { prompt: [3, 1, 4], temperature: 0 });
  expect(first).toBe(logits.indexOf(Math.max(...logits)));
});

test("tokens are as frequent as softmax(o / temperature) says", () => {
  const logits = [0, 1, 2, -1];
  const from = constantOutputs(logits);
  for (const temperature of [0.5, 1, 3]) {
    const powers = logits.map((logit) => Math.exp(logit / temperature));
    const total = powers.reduce((a, b) => a + b);
    const counts = [0, 0, 0, 0];
    const n = 20_000;
    for (const token of take(n, { temperature, seed: 1 }, from)) counts[token]++;
    counts.forEach((count, token) => {
      const p = powers[token] / total;
      expect(Math.abs(count / n - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / n));
    });
  }
});

test("a token is the one at which the summed odds pass a uniform number", () => {
  const odds = [0.25, 0.5, 0.25];
  const from = constantOutputs(odds.map(Math.log));
  const random = new RandomState(7);
  const expected = Array.from({ length: 200 }, () => {
    const u = random.random();
    return u < 0.25 ? 0 : u < 0.75 ? 1 : 2;
  });
  expect(take(200, { seed: 7 }, from)).toEqual(expected);
});

test("only the k likeliest tokens are drawn, the first of equal ones", () => {
  const from = constantOutputs([1, 3, 2, 2, 0]);
  const drawn = (topK: number): number[] => [...new Set(take(400, { topK, seed: 2 }, from))].sort();
  expect(drawn(1)).toEqual([1]);
  expect(drawn(2)).toEqual([1, 2]);
  expect(drawn(3)).toEqual([1, 2, 3]);
  expect(drawn(4)).toEqual([0, 1, 2, 3]);
  expect(drawn(5)).toEqual([0, 1, 2, 3, 4]);
  expect(take(400, { topK: 99, seed: 2 }, from)).toEqual(take(400, { seed: 2 }, from));
});

test("extreme outputs and temperatures overflow nothing", () => {
  const from = constantOutputs([-1e300, 1e300, 1e300]);
  expect(new Set(take(100, { temperature: 1e-300 }, from))).toEqual(new Set([1, 2]));
  const flat = take(300, { temperature: Number.POSITIVE_INFINITY }, constantOutputs([5, -5]));
  expect(flat.filter((token) => token === 0).length).toBeGreaterThan(100);
});

test("generate encodes the prompt and decodes what follows", () => {
  const letters = "abcdef";
  const vocabulary = {
    encode: (text: string): number[] => [...text].map((letter) => letters.indexOf(letter)),
    decode: (tokens: ArrayLike<number>): string => Array.from(tokens, (token) => letters[token]).join(""),
  };
  const text = generate(model, vocabulary, { prompt: "fade", length: 12, temperature: 0.8, seed: 9 });
  const tokens = take(12, { prompt: [5, 0, 3, 4], temperature: 0.8, seed: 9 });
  expect(text).toBe(vocabulary.decode(tokens));
  expect(generate(model, vocabulary, { length: 3 })).toBe(vocabulary.decode(take(3)));
  expect(generate(model, vocabulary, { prompt: "a", length: 0 })).toBe("");
  expect(() => generate(model, vocabulary, { length: 1.5 })).toThrow(
    "generate: option length is 1.5, expected a whole number ≥ 0",
  );
});

describe("refused at once", () => {
  const cases: [SampleOptions, string][] = [
    [{ temperature: -1 }, "sampleTokens: option temperature is -1, expected a number ≥ 0"],
    [{ temperature: Number.NaN }, "sampleTokens: option temperature is NaN, expected a number ≥ 0"],
    [{ topK: 1.5 }, "sampleTokens: option topK is 1.5, expected a whole number ≥ 0"],
    [{ topK: -1 }, "sampleTokens: option topK is -1, expected a whole number ≥ 0"],
    [{ seed: -1 }, "RandomState: option seed is -1, expected an integer from 0 to 2^32 - 1"],
    [{ prompt: [0, 6] }, "Stream.step: token is 6, expected 0 … 5"],
    [
      { top: 3 } as SampleOptions,
      "sampleTokens: option top is 3, expected no such option: prompt, temperature, topK, seed",
    ],
  ];
  test.each(cases)("%o", (options, message) => {
    expect(() => sampleTokens(model, options)).toThrow(message);
  });

  test("a model whose outputs are not its inputs", () => {
    const other = sequenceModel({ inputs: 3, cells: [elman({ hiddenSize: 2 })], outputs: 4 });
    expect(() => sampleTokens(other)).toThrow(
      "sampleTokens: option model.inputs is 3, expected 4, its outputs",
    );
  });

  test("outputs that are not numbers", () => {
    const broken = constantOutputs([0, Number.NaN]);
    expect(() => take(1, {}, broken)).toThrow("sampleTokens: output is NaN, token 1");
    expect(() => take(1, { temperature: 0 }, constantOutputs([1 / 0, 0]))).toThrow(
      "sampleTokens: output is Infinity, token 0",
    );
  });
});

test("a stream begins at zero, and its state can be set", () => {
  const stream = model.stream();
  const first = new Float32Array(V);
  const again = new Float32Array(V);
  stream.step(1, first);
  const saved = stream.state.slice();
  stream.step(2, first);
  stream.state.set(saved);
  stream.step(2, again);
  expect(again).toEqual(first);
  stream.reset();
  stream.step(1, again);
  expect(stream.state).toEqual(saved);
});

test("a stream uses the parameters as they are now, and the memory that is there now", () => {
  const own = sequenceModel({ inputs: 2, cells: [elman({ hiddenSize: 3 })], outputs: 2 });
  const stream = own.stream();
  const output = new Float32Array(2);
  stream.step(new Float32Array([1, 2]), output);
  const before = output.slice();
  own.reserve({ ...own.plan, steps: 10, batch: 3 });
  stream.reset();
  stream.step(new Float32Array([1, 2]), output);
  expect(output).toEqual(before);
  own.parameters.data[own.parameters.offset] += 1;
  own.parametersChanged();
  stream.reset();
  stream.step(new Float32Array([1, 2]), output);
  expect(output).not.toEqual(before);
  const all = own.run(new View(Float32Array.of(1, 2), 0, 1, 2), { steps: 1 });
  expect([...output]).toEqual([...all.data]);
});
