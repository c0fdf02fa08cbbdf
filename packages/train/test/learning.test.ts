import { type Arena, isTokens, View } from "@unroll/kernels";
import { layout, RandomState } from "@unroll/linalg";
import { meanSquaredError, softmaxCrossEntropy } from "@unroll/losses";
import { generate, type SequenceModel, sequenceModel } from "@unroll/model";
import { adam, cosine } from "@unroll/optim";
import { type Cell, elman } from "@unroll/rnn-cell";
import {
  characters,
  type Dataset,
  evaluate,
  type FitOptions,
  fit,
  padded,
  type Sequence,
  windows,
} from "@unroll/train";
import { describe, expect, test } from "vitest";
import { bits, loss } from "./support/small.ts";

/** Random symbols 0, 1, 2; the target is the symbol `delay` steps before. */
function echo(count: number, delay: number, seed: number): Dataset {
  const random = new RandomState(seed);
  const sequences = Array.from({ length: count }, (): Sequence => {
    const inputs = Int32Array.from({ length: 16 }, () => random.randint(0, 3));
    return { inputs, targets: inputs.map((_, t) => (t < delay ? -1 : inputs[t - delay])) };
  });
  return padded(sequences, { batch: 16, inputSize: 3, targetSize: 3, seed });
}

async function train(model: SequenceModel, data: Dataset, options: Partial<FitOptions>): Promise<number> {
  let last = Number.NaN;
  const optimizer = adam({ learningRate: 0.01 });
  for await (const event of fit(model, data, { loss, optimizer, clip: 1, ...options })) last = event.loss;
  return last;
}

test("an echo after four steps is learned, and holds for sequences never seen", async () => {
  const model = sequenceModel({ inputs: 3, cells: [elman({ hiddenSize: 32 })], outputs: 3, seed: 1 });
  const fresh = echo(64, 4, 2);
  expect(await evaluate(model, fresh, loss)).toBeGreaterThan(1);
  await train(model, echo(256, 4, 1), { epochs: 25 });
  expect(await evaluate(model, fresh, loss)).toBeLessThan(0.02); // guessing: ln 3 = 1.0986
});

test("an echo after three steps needs gradients that reach back four", async () => {
  const after = async (k2: number): Promise<number> => {
    const model = sequenceModel({ inputs: 3, cells: [elman({ hiddenSize: 12 })], outputs: 3, seed: 1 });
    await train(model, echo(128, 3, 1), { epochs: 25, truncation: { k1: 1, k2 } });
    return (await evaluate(model, echo(64, 3, 2), loss)) as number;
  };
  expect(await after(3)).toBeGreaterThan(0.8);
  expect(await after(4)).toBeLessThan(0.02);
});

test("the first symbol decides the class at the end", async () => {
  const random = new RandomState(3);
  const sequences = Array.from({ length: 200 }, (): Sequence => {
    const inputs = Int32Array.from({ length: 6 + random.randint(0, 6) }, () => random.randint(0, 3));
    return { inputs, targets: inputs[0] };
  });
  const of = (some: Sequence[]): Dataset =>
    padded(some, { batch: 20, inputSize: 3, targetSize: 3, scored: "last-step" });
  const model = sequenceModel({ inputs: 3, cells: [elman({ hiddenSize: 24 })], outputs: 3, seed: 2 });
  await train(model, of(sequences.slice(0, 160)), { epochs: 40 });
  expect(await evaluate(model, of(sequences.slice(160)), loss)).toBeLessThan(0.1);
});

test("a wave is predicted one step ahead, by two layers with checkpoints", async () => {
  const wave = Float64Array.from({ length: 600 }, (_, i) => Math.sin(i / 5) * Math.cos(i / 17));
  const series = (from: number, to: number): Dataset =>
    windows(new View(wave.subarray(from, to), 0, to - from, 1), { steps: 30, batch: 8 });
  const cells = [elman({ hiddenSize: 12 }), elman({ hiddenSize: 8 })];
  const model = sequenceModel({ inputs: 1, cells, outputs: 1, type: "float64", seed: 1 });
  const squares = meanSquaredError();
  const optimizer = adam({ learningRate: cosine(0.01, 0, 300) });
  await train(model, series(0, 500), { loss: squares, optimizer, epochs: 100, checkpoint: "sqrt" });
  expect(await evaluate(model, series(500, 600), squares)).toBeLessThan(0.01); // its mean square is 1/4, and no window says where it begins
});

test("a sentence is learned by heart", async () => {
  const sentence = "the sea had jeeringly kept his finite body up. ";
  const text = characters(sentence.repeat(20), { steps: 24, batch: 4 });
  const V = text.vocabulary.size;
  const model = sequenceModel({ inputs: V, cells: [elman({ hiddenSize: 48 })], outputs: V, seed: 1 });
  await train(model, text, { epochs: 40 });
  const written = generate(model, text.vocabulary, { prompt: "the sea ", temperature: 0, length: 39 });
  expect(`the sea ${written}`).toBe(sentence);
});

describe("the same seed", () => {
  const trained = async (seed: number, order: number): Promise<string[]> => {
    const model = sequenceModel({ inputs: 3, cells: [elman({ hiddenSize: 8 })], outputs: 3, seed });
    await train(model, echo(48, 2, order), { epochs: 3, validation: echo(16, 2, 9) });
    return bits(model.parameters);
  };

  test("gives the same weights, run after run", async () => {
    const first = await trained(1, 1);
    expect(await trained(1, 1)).toEqual(first);
    expect(await Promise.all([trained(1, 1), trained(1, 1)])).toEqual([first, first]);
    expect(await trained(2, 1)).not.toEqual(first);
    expect(await trained(1, 2)).not.toEqual(first);
  });
});

/**
 * A cell of the test's own: leaky memories h_t = λ ⊙ h_{t-1} + W x_t, for tokens. No other file knows it.
 */
function leaky(n: number): (inputSize: number) => Cell {
  return (inputSize) => {
    const parameters = layout({ lambda: [1, n], W: [n, inputSize] });
    const get = (X: View, r: number, c: number): number => X.data[X.offset + r * X.stride + c];
    const set = (X: View, r: number, c: number, value: number): void => {
      X.data[X.offset + r * X.stride + c] = value;
    };
    return {
      kind: "leaky",
      inputSize,
      outputSize: n,
      stateSize: n,
      gateSize: n,
      tapeSize: 0,
      deltaSize: n,
      parameters,
      initialize: (vector, random) => random.fillUniform(vector, 0.2, 0.8),
      bind: (_arena: Arena, vector, gradients) => ({
        prepare() {},
        project(inputs, gates) {
          if (!isTokens(inputs)) throw new Error("tokens alone");
          for (let r = 0; r < gates.rows; r++)
            for (let i = 0; i < n; i++)
              set(gates, r, i, get(vector, 0, n + i * inputSize + inputs.data[inputs.offset + r]));
        },
        step(gates, previous, next) {
          for (let r = 0; r < gates.rows; r++)
            for (let i = 0; i < n; i++)
              set(next, r, i, get(vector, 0, i) * get(previous, r, i) + get(gates, r, i));
        },
        stepBackward(_tape, _previous, _next, dNext, delta, dPrevious) {
          for (let r = 0; r < delta.rows; r++)
            for (let i = 0; i < n; i++) {
              set(delta, r, i, get(dNext, r, i));
              set(dPrevious, r, i, get(vector, 0, i) * get(dNext, r, i));
            }
        },
        inputGradient() {},
        accumulate(inputs, previous, _tape, delta) {
          if (!isTokens(inputs)) throw new Error("tokens alone");
          const add = (at: number, term: number): void => set(gradients, 0, at, get(gradients, 0, at) + term);
          for (let r = delta.rows - 1; r >= 0; r--)
            for (let i = 0; i < n; i++) {
              add(i, get(delta, r, i) * get(previous, r, i));
              add(n + i * inputSize + inputs.data[inputs.offset + r], get(delta, r, i));
            }
        },
      }),
    };
  };
}

test("a cell of one's own trains by fit, below a cell of ours, with validation and checkpoints", async () => {
  const cells = [leaky(12), elman({ hiddenSize: 24 })];
  const model = sequenceModel({ inputs: 3, cells, outputs: 3, seed: 1 });
  const validation = echo(32, 2, 2);
  const before = (await evaluate(model, validation, softmaxCrossEntropy())) as number;
  await train(model, echo(256, 2, 1), { epochs: 15, validation, checkpoint: "sqrt" });
  expect(before).toBeGreaterThan(1);
  expect(await evaluate(model, validation, loss)).toBeLessThan(0.05);
});
