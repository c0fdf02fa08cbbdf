import { relu, softplus } from "@unroll/activations";
import { availableKernels, type ElementType, isTokens, View } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";
import { lengthWeights, softmaxCrossEntropy } from "@unroll/losses";
import {
  type Batch,
  type SequenceModel,
  type SequenceModelOptions,
  States,
  sequenceModel,
} from "@unroll/model";
import { adam } from "@unroll/optim";
import { elman } from "@unroll/rnn-cell";
import { describe, expect, test } from "vitest";
import { bits, part, randomBatch } from "./support/batches.ts";

const objective = { loss: softmaxCrossEntropy() };
const { loss } = objective;

/** A stack with a cell that keeps its input on the tape. */
function stack(options: Partial<SequenceModelOptions> = {}): SequenceModel {
  return sequenceModel({
    inputs: 5,
    cells: [elman({ hiddenSize: 9 }), elman({ hiddenSize: 6, activation: softplus })],
    outputs: 7,
    seed: 3,
    ...options,
  });
}

const batchOf = (options: {
  steps: number;
  batch: number;
  kind?: "tokens" | ElementType;
  seed?: number;
}): Batch => randomBatch({ inputs: 5, outputs: 7, ...options });

const stateBits = (model: SequenceModel): string[][] => model.saveStates().map(bits);

const kinds: readonly ["tokens" | "dense", ElementType][] = [
  ["tokens", "float32"],
  ["tokens", "float64"],
  ["dense", "float32"],
  ["dense", "float64"],
];

describe.each(kinds)("%s, %s: the bits do not depend on how the work is cut", (inputs, type) => {
  const kind = inputs === "tokens" ? "tokens" : type;

  test("a stream, step by step", () => {
    const batch = batchOf({ steps: 20, batch: 3, kind });
    const model = stack({ type });
    const outputs = model.run(batch.inputs, batch);
    const output = type === "float32" ? new Float32Array(7) : new Float64Array(7);
    const streams = [model.stream(), model.stream(), model.stream()];
    for (let t = 0; t < 20; t++) {
      for (let b = 0; b < 3; b++) {
        const r = t * 3 + b;
        const { data } = batch.inputs;
        streams[b].step(kind === "tokens" ? data[r] : (data.slice(5 * r, 5 * r + 5) as Float64Array), output);
        expect(bits(new View(output, 0, 1, 7))).toEqual(bits(new View(outputs.data, 7 * r, 1, 7)));
      }
    }
  });

  test("a long sequence in pieces, or whole", () => {
    const batch = batchOf({ steps: 150, batch: 2, kind });
    const whole = stack({ type });
    whole.reserve({ steps: 150, batch: 2, tokenInputs: kind === "tokens", tokenTargets: true });
    const pieces = stack({ type });
    const outputs = bits(whole.run(batch.inputs, batch));
    expect(bits(pieces.run(batch.inputs, { steps: 150 }))).toEqual(outputs);
    expect(pieces.plan.steps).toBe(64);
    const kept = stack({ type });
    kept.reserve({
      steps: 150,
      batch: 2,
      tokenInputs: kind === "tokens",
      tokenTargets: true,
      checkpoint: "sqrt",
    });
    expect(kept.unrolled.plan.segment).toBe(13);
    expect(bits(kept.run(batch.inputs, batch))).toEqual(outputs);

    const sum = whole.evaluate(batch, loss);
    for (const model of [pieces, kept]) {
      expect(model.evaluate(batch, loss)).toEqual(sum);
      expect(bits(model.losses)).toEqual(bits(whole.losses));
    }
  });

  test("chunks that carry their states", () => {
    const batch = batchOf({ steps: 23, batch: 4, kind });
    const model = stack({ type });
    model.gradient(batch, objective);
    const [losses, states, outputs] = [
      bits(model.losses),
      stateBits(model),
      bits(model.run(batch.inputs, batch)),
    ];
    for (const length of [1, 5, 22]) {
      const trained: string[] = [];
      const evaluated: string[] = [];
      const ran: string[] = [];
      for (let from = 0; from < 23; from += length) {
        const chunk = { ...part(batch, { from, steps: Math.min(length, 23 - from) }), carry: from > 0 };
        model.gradient(chunk, objective);
        trained.push(...bits(model.losses));
        model.evaluate(chunk, loss);
        evaluated.push(...bits(model.losses));
        ran.push(...bits(model.run(chunk.inputs, chunk)));
      }
      expect(trained).toEqual(losses);
      expect(evaluated).toEqual(losses);
      expect(ran).toEqual(outputs);
      expect(stateBits(model)).toEqual(states);
    }
  });

  test("runs that carry states of their own, one from where another ended", () => {
    const batch = batchOf({ steps: 9, batch: 2, kind });
    const model = stack({ type });
    const outputs = bits(model.run(batch.inputs, batch));
    const states = new States(model);
    const head = part(batch, { steps: 4 });
    const tail = part(batch, { from: 4, steps: 5 });
    const ran = bits(model.run(head.inputs, { ...head, states }));
    model.run(batch.inputs, batch); // a run between, with states of its own
    const middle = states.save();
    for (const _ of [1, 2]) {
      states.restore(middle);
      const rest = bits(model.run(tail.inputs, { ...tail, carry: true, states }));
      expect([...ran, ...rest]).toEqual(outputs);
    }
  });

  test("any split of the batch", () => {
    const batch = batchOf({ steps: 11, batch: 7, kind });
    const model = stack({ type });
    const outputs = bits(model.run(batch.inputs, batch));
    model.gradient(batch, objective);
    const losses = bits(model.losses);
    for (const sizes of [[7], [3, 4], [1, 1, 1, 1, 1, 1, 1], [6, 1]]) {
      let first = 0;
      for (const count of sizes) {
        const some = part(batch, { first, count });
        const rows = (all: string[]): string[] =>
          all.filter((_, r) => r % 7 >= first && r % 7 < first + count);
        expect(bits(model.run(some.inputs, some))).toEqual(rows(outputs));
        model.gradient(some, objective);
        expect(bits(model.losses)).toEqual(rows(losses));
        first += count;
      }
    }
  });

  test("with checkpoints: the loss, its rows, all gradients", () => {
    const model = stack({ type });
    const sizes: readonly (readonly [number, number])[] = [
      [30, 3],
      [29, 3],
      [7, 2],
      [1, 1],
    ];
    const batches = sizes.map(([steps, batch]) => batchOf({ steps, batch, kind }));
    const results = (of: SequenceModel): unknown[] =>
      batches.map((batch) => [
        of.gradient(batch, objective),
        bits(of.losses),
        bits(of.gradients),
        stateBits(of),
      ]);
    const full = results(model);
    const whole = model.unrolled.workspaceBytes;
    const plan = { steps: 30, batch: 3, tokenInputs: kind === "tokens", tokenTargets: true };
    for (const checkpoint of ["sqrt", { bytes: whole / 2 }, { bytes: whole / 3 }] as const) {
      const other = stack({ type });
      other.reserve({ ...plan, checkpoint });
      expect(other.unrolled.plan.segment).toBeLessThan(30);
      expect(results(other)).toEqual(full);
    }
  });

  test("in memory that is larger, or grows", () => {
    const updates = (model: SequenceModel): unknown[] => {
      const optimizer = adam({ learningRate: 0.01 });
      model.reserve({ ...model.plan, optimizer });
      return [2, 1, 5, 3, 9, 4].map((size, i) => {
        const batch = { ...batchOf({ steps: size, batch: 3, kind, seed: i }), carry: i > 0 };
        const L = model.gradient(batch, objective);
        const state = model.optimizerState;
        if (!state) throw new Error("no state");
        optimizer.update(model.kernels, model.parameters, model.gradients, state);
        model.parametersChanged();
        const vectors = Object.values(state.vectors).map(bits);
        return [L, bits(model.gradients), bits(model.parameters), vectors, state.step, stateBits(model)];
      });
    };
    const large = stack({ type });
    large.reserve({ steps: 40, batch: 6, tokenInputs: kind === "tokens", tokenTargets: true });
    const grows = stack({ type });
    expect(updates(grows)).toEqual(updates(large));
    expect([grows.plan.steps, large.plan.steps]).toEqual([9, 40]);
  });
});

test("each sequence of a batch has the bits it has alone, for thousands of random shapes", () => {
  const random = new RandomState(5);
  for (let i = 0; i < 100; i++) {
    const [I, H, O] = [1, 2, 3].map(() => random.randint(1, 20));
    const type = random.randint(0, 2) === 0 ? "float32" : "float64";
    const kernels = random.randint(0, 2) === 0 ? "portable" : "simd";
    const cells = Array.from({ length: random.randint(1, 4) }, (_, l) => elman({ hiddenSize: H + l }));
    const model = sequenceModel({ inputs: I, cells, outputs: O, type, seed: i, kernels });
    for (let k = 0; k < 20; k++) {
      const steps = random.randint(1, 12);
      const batch = random.randint(2, 9);
      const kind = random.randint(0, 2) === 0 ? "tokens" : type;
      const all = randomBatch({ steps, batch, inputs: I, outputs: O, kind, seed: 20 * i + k });
      const outputs = bits(model.run(all.inputs, all));
      const b = random.randint(0, batch);
      const alone = part(all, { first: b, count: 1 });
      expect(bits(model.run(alone.inputs, alone))).toEqual(outputs.filter((_, r) => r % batch === b));
    }
  }
});

test("portable and WebAssembly arithmetic give the same bits", () => {
  expect(availableKernels()).toContain("simd");
  const batch = batchOf({ steps: 12, batch: 5 });
  for (const type of ["float32", "float64"] as const) {
    const results = (["portable", "simd"] as const).map((kernels) => {
      const model = stack({ type, kernels });
      expect(model.kernels.kind).toBe(kernels);
      return [model.gradient(batch, objective), bits(model.gradients), bits(model.run(batch.inputs, batch))];
    });
    expect(results[0]).toEqual(results[1]);
  }
});

test("a truncation as long as the sequence changes nothing", () => {
  const batch = batchOf({ steps: 9, batch: 2 });
  const full = stack();
  full.gradient(batch, objective);
  const model = stack();
  const plan = { steps: 9, batch: 2, tokenInputs: true, tokenTargets: true };
  model.reserve({ ...plan, truncation: { k1: 9, k2: 9 } });
  model.gradient(batch, objective);
  expect(bits(model.gradients)).toEqual(bits(full.gradients));
  model.reserve({ ...plan, truncation: { k1: 3, k2: 4 } });
  model.gradient(batch, objective);
  expect(bits(model.gradients)).not.toEqual(bits(full.gradients));
  expect(bits(model.losses)).toEqual(bits(full.losses));
});

test("a hook stays when memory grows", () => {
  const model = stack();
  const steps = new Set<number>();
  model.unrolled.onBackwardStep = ({ step }) => steps.add(step);
  model.gradient(batchOf({ steps: 3, batch: 2 }), objective);
  expect([...steps]).toEqual([2, 1, 0]);
});

test("the same seed gives the same parameters, another seed others", () => {
  expect(bits(stack({ seed: 8 }).parameters)).toEqual(bits(stack({ seed: 8 }).parameters));
  expect(bits(stack({ seed: 8 }).parameters)).not.toEqual(bits(stack({ seed: 9 }).parameters));
});

describe("what is carried", () => {
  const batch = batchOf({ steps: 6, batch: 4, seed: 1 });
  const next = { ...batchOf({ steps: 6, batch: 4, seed: 2 }), carry: true };
  const after = (model: SequenceModel): string[] => {
    model.gradient(next, objective);
    return bits(model.losses);
  };
  const trained = stack();
  trained.gradient(batch, objective);
  const expected = after(trained);

  test("is not disturbed by evaluation, a run, a stream or more memory", () => {
    const model = stack();
    model.gradient(batch, objective);
    const other = batchOf({ steps: 90, batch: 9, kind: "float32" });
    model.evaluate(other, loss);
    model.run(other.inputs, other);
    model.stream().step(1, new Float32Array(7));
    model.reserve({ ...model.plan, steps: 100, batch: 10 });
    expect(after(model)).toEqual(expected);
  });

  test("starts afresh for the sequences that say so", () => {
    const model = stack();
    model.gradient(batch, objective);
    model.gradient({ ...next, reset: Uint8Array.of(0, 1, 0, 1) }, objective);
    const reset = bits(model.losses);
    model.gradient({ ...next, carry: false }, objective);
    const fresh = bits(model.losses);
    expect(reset).toEqual(expected.map((row, r) => (r % 2 === 1 ? fresh[r] : row)));
    expect(reset).not.toEqual(expected);
  });

  test("can be saved and restored, in a model of its own too", () => {
    const model = stack();
    model.gradient(batch, objective);
    const saved = model.saveStates();
    expect(saved.map(({ rows, columns }) => [rows, columns])).toEqual([
      [4, 9],
      [4, 6],
    ]);
    expect(after(model)).toEqual(expected);
    expect(after(model)).not.toEqual(expected);
    model.restoreStates(saved);
    expect(after(model)).toEqual(expected);
    const other = stack();
    other.restoreStates(saved);
    expect(after(other)).toEqual(expected);
  });

  test("goes back by one gradient, and not by two", () => {
    const model = stack();
    model.discardStates();
    model.gradient(batch, objective);
    const before = stateBits(model);
    model.gradient(next, objective);
    model.discardStates();
    model.discardStates();
    expect(stateBits(model)).toEqual(before);
    expect(after(model)).toEqual(expected);
  });

  test("belongs to each evaluation that asks for it", () => {
    const model = stack();
    const [a, b] = [new States(model), new States(model)];
    const [first, second] = [
      batchOf({ steps: 6, batch: 4, seed: 1 }),
      batchOf({ steps: 6, batch: 3, seed: 9 }),
    ];
    model.evaluate(first, loss, a);
    model.evaluate(second, loss, b);
    model.evaluate(next, loss, a);
    expect(bits(model.losses)).toEqual(expected);
    expect([a.batch, b.batch, new States(model).batch]).toEqual([4, 3, 0]);
  });
});

test("a row of weight 0 has no loss, whatever its target is, and the rest is weighted", () => {
  const model = stack({ cells: [elman({ hiddenSize: 4, activation: relu })] });
  const batch = batchOf({ steps: 5, batch: 2 });
  const weights = lengthWeights([5, 3], 5);
  if (!isTokens(batch.targets)) throw new Error("targets are tokens");
  batch.targets.data[9] = 99;
  const { sum, weight } = model.evaluate({ ...batch, weights }, loss);
  expect(weight).toBe(8);
  expect([model.losses.data[7], model.losses.data[9]]).toEqual([0, 0]);
  expect(model.gradient({ ...batch, weights }, { loss, reduction: "sum" })).toBe(sum);
  expect(model.gradient({ ...batch, weights }, { loss, reduction: "mean-over-batch" })).toBe(sum / 2);
  expect(model.gradient({ ...batch, weights }, { loss })).toBe(sum / 8);
});
