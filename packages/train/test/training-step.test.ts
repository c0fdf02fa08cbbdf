import { identity, relu, tanh } from "@unroll/activations";
import { NonFiniteError, StateError, Tokens, UnrollError, ValueError, View } from "@unroll/kernels";
import { RandomState, slice } from "@unroll/linalg";
import { meanSquaredError } from "@unroll/losses";
import { type Batch, type SequenceModel, sequenceModel } from "@unroll/model";
import { adam, globalNorm, momentum, type Optimizer, sgd } from "@unroll/optim";
import { elman } from "@unroll/rnn-cell";
import { TrainingStep, type TrainingStepOptions } from "@unroll/train";
import { describe, expect, test } from "vitest";
import { bits, loss, smallData, smallModel, snapshot } from "./support/small.ts";

/** A batch of its own memory: T = 6, B = 3, two features, one target. */
function dense(seed: number): Batch & { readonly inputs: View; readonly targets: View } {
  const random = new RandomState(seed);
  const matrix = (columns: number): View =>
    new View(Float32Array.from(random.randn(18 * columns)), 0, 18, columns);
  return { steps: 6, batch: 3, inputs: matrix(2), targets: matrix(1), carry: seed > 1 };
}

function denseModel(activation = relu): SequenceModel {
  const cells = [elman({ hiddenSize: 4, activation }), elman({ hiddenSize: 3, activation })];
  return sequenceModel({ inputs: 2, cells, outputs: 1, seed: 5 });
}

const options = (optimizer: Optimizer = adam({ learningRate: 0.01 })): TrainingStepOptions => ({
  loss: meanSquaredError(),
  optimizer,
});

/** What a step throws. */
function thrown(work: () => unknown): UnrollError {
  try {
    work();
  } catch (error) {
    if (UnrollError.is(error)) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("numbers that are not finite", () => {
  /** Runs two good steps and then a bad one, which must change nothing; returns its error. */
  function failing(
    change: (batch: ReturnType<typeof dense>, model: SequenceModel) => void,
    model: SequenceModel = denseModel(),
    optimizer?: Optimizer,
  ): UnrollError {
    const step = new TrainingStep(model, options(optimizer));
    step.run(dense(1));
    step.run(dense(2));
    const batch = dense(3);
    change(batch, model);
    const before = snapshot(model);
    const error = thrown(() => step.run(batch));
    expect(snapshot(model)).toEqual(before);
    return error;
  }

  test("NaN in the inputs is a ValueError with row and column", () => {
    const error = failing(({ inputs }) => {
      inputs.data[2 * 10 + 1] = Number.NaN;
    });
    expect(error).toBeInstanceOf(ValueError);
    expect(error.message).toBe(
      "training step 3: input of row 10 (time step 3, sequence 1), column 1 is NaN, expected a finite number",
    );
  });

  test("infinity in the inputs, too", () => {
    const error = failing(({ inputs }) => {
      inputs.data[0] = Number.NEGATIVE_INFINITY;
    });
    expect(error.message).toContain("input of row 0 (time step 0, sequence 0), column 0 is -Infinity");
  });

  test("NaN in the inputs is found where the activation or the weights hide it", () => {
    for (const hide of ["activation", "weights"] as const) {
      const model = denseModel();
      const error = failing((batch) => {
        batch.inputs.data[2 * 17] = Number.NaN;
        if (hide === "weights") Object.assign(batch, { weights: new View(new Float32Array(18), 0, 18, 1) });
      }, model);
      expect(error.message).toContain("row 17 (time step 5, sequence 2), column 0 is NaN");
    }
  });

  test("NaN in the targets says where", () => {
    const error = failing(({ targets }) => {
      targets.data[4] = Number.NaN;
    });
    expect(error).toEqual(
      new NonFiniteError("meanSquaredError", "target", Number.NaN, { row: 4, column: 0 }),
    );
  });

  test("an infinite loss names update, time step and sequence", () => {
    const error = failing(({ inputs }) => {
      inputs.data[2 * 7] = 3e38;
    });
    expect(error).toBeInstanceOf(NonFiniteError);
    expect(error.message).toMatch(
      /^training step 3: loss is (Infinity|NaN), update 3, time step 2, sequence 1$/,
    );
    expect(error.details).toMatchObject({ update: 3, "time step": 2, sequence: 1 });
  });

  test("an overflowing gradient names the parameter and the latest time step", () => {
    const model = sequenceModel({
      inputs: 2,
      cells: [elman({ hiddenSize: 1, activation: identity, bias: false })],
      outputs: 1,
      readout: { bias: false },
    });
    const { parameters, layout } = model;
    const W_hh = slice(parameters, layout, "0.W_hh");
    W_hh.data[W_hh.offset] = 1e12;
    const batch = dense(1);
    batch.inputs.data.fill(0);
    batch.inputs.data[2 * 3 * 3] = 1e-20; // first at time step 3
    const step = new TrainingStep(model, options(sgd({ learningRate: 1e-30 })));
    const before = snapshot(model);
    const error = thrown(() => step.run(batch));
    expect(error).toBeInstanceOf(NonFiniteError);
    // dL/dh_5 is some 1e3 and grows 1e12-fold each step back: too large for float32 at step 1, where x is 0.
    expect(error.message).toBe(
      "training step 1: gradient of 0.W_xh[0, 0] is NaN, update 1, time step 1, layer 0, parameter 0.W_xh, row 0, column 0",
    );
    expect(snapshot(model)).toEqual({ ...(before as object), step: 0 });
  });

  test("a parameter that is not finite is named", () => {
    const model = denseModel();
    const error = thrown(() => {
      const step = new TrainingStep(model, options());
      step.run(dense(1));
      const { data, offset } = slice(model.parameters, model.layout, "1.W_hh");
      data[offset + 4] = Number.NaN;
      step.run(dense(2));
    });
    expect(error.message).toBe(
      "training step 2: parameter 1.W_hh[1, 1] is NaN, update 2, parameter 1.W_hh, row 1, column 1",
    );
  });

  test("a diverging run stops with finite parameters", () => {
    const model = denseModel();
    const step = new TrainingStep(model, options(momentum({ learningRate: 50, momentum: 0.99 })));
    let last: unknown;
    const error = thrown(() => {
      for (;;) {
        last = snapshot(model);
        step.run(dense(1));
      }
    });
    expect(["non-finite", "value"]).toContain(error.code);
    expect(snapshot(model)).toEqual(last);
    expect(model.kernels.firstNonFinite(model.parameters)).toBe(-1);
  });

  test("1000 of them, anywhere in the data, are caught in the step that meets them", () => {
    const random = new RandomState(1);
    const model = denseModel(tanh);
    const step = new TrainingStep(model, options());
    step.run(dense(1));
    const batch = dense(2);
    const before = snapshot(model);
    const missed: string[] = [];
    for (let i = 0; i < 1000; i++) {
      const { data } = random.randint(0, 2) === 0 ? batch.inputs : batch.targets;
      const index = random.randint(0, data.length);
      const good = data[index];
      data[index] = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY][random.randint(0, 3)];
      const error = thrown(() => step.run(batch));
      const row = Math.floor(index / (data === batch.inputs.data ? 2 : 1));
      if (!new RegExp(`\\brow ${row}\\b`).test(error.message)) missed.push(error.message);
      data[index] = good;
    }
    expect(missed).toEqual([]);
    expect(snapshot(model)).toEqual(before);
    expect(step.run(batch).step).toBe(2);
  });

  test("after such an error training goes on as if nothing had been", () => {
    const [model, other] = [denseModel(), denseModel()];
    const [step, plain] = [new TrainingStep(model, options()), new TrainingStep(other, options())];
    const bad = dense(2);
    bad.inputs.data[0] = Number.NaN;
    for (const one of [step, plain]) one.run(dense(1));
    expect(() => step.run(bad)).toThrow(ValueError);
    expect(() => step.run({ ...dense(2), steps: 5 })).toThrow("batch: inputs is 18×2, expected 15×2");
    for (const one of [step, plain]) one.run(dense(3));
    expect(snapshot(model)).toEqual(snapshot(other));
  });
});

describe("clipping", () => {
  const gradientOf = (model: SequenceModel): number[] => {
    const { data, offset, columns } = model.gradients;
    return [...data.slice(offset, offset + columns)];
  };
  const raw = denseModel();
  const { gradientNorm } = new TrainingStep(raw, options()).run(dense(1));
  const g = gradientOf(raw);

  test("without it gradients stay as they are", () => {
    expect(gradientNorm).toBe(globalNorm(raw.kernels, raw.gradients));
    expect(Math.hypot(...g)).toBeCloseTo(gradientNorm, 6);
  });

  test("by norm: scaled to it, or left alone", () => {
    const model = denseModel();
    const clip = gradientNorm / 3;
    const result = new TrainingStep(model, { ...options(), clip }).run(dense(1));
    expect(result).toEqual({ step: 1, loss: result.loss, gradientNorm, clippedNorm: clip });
    gradientOf(model).forEach((value, i) => {
      expect(value).toBeCloseTo(g[i] / 3, 6);
    });
    const loose = denseModel();
    const same = new TrainingStep(loose, { ...options(), clip: gradientNorm * 2 }).run(dense(1));
    expect([same.gradientNorm, same.clippedNorm]).toEqual([gradientNorm, gradientNorm]);
    expect(bits(loose.parameters)).toEqual(bits(raw.parameters));
  });

  test("by value", () => {
    const model = denseModel();
    const clipValue = Math.fround(Math.max(...g.map(Math.abs)) / 4);
    new TrainingStep(model, { ...options(), clipValue }).run(dense(1));
    expect(gradientOf(model)).toEqual(g.map((value) => Math.min(Math.max(value, -clipValue), clipValue)));
  });

  test("first by norm, then by value", () => {
    const model = denseModel();
    new TrainingStep(model, { ...options(), clip: gradientNorm / 2, clipValue: 0.01 }).run(dense(1));
    gradientOf(model).forEach((value, i) => {
      expect(value).toBeCloseTo(Math.min(Math.max(g[i] / 2, -0.01), 0.01), 6);
    });
  });
});

describe("memory", () => {
  test("is reserved once if the largest batch is known", () => {
    const model = smallModel();
    const data = smallData();
    const step = new TrainingStep(model, { loss, optimizer: adam() }, data);
    const seen = new Set<unknown>();
    for (const batch of data.batches(0)) {
      step.run(batch);
      seen.add(model.plan);
    }
    expect(seen.size).toBe(1);
  });

  test("grows with the batches, and with what others ask of the model meanwhile", () => {
    const [model, other] = [smallModel(), smallModel()];
    const make = (of: SequenceModel): TrainingStep => new TrainingStep(of, { loss, optimizer: adam() });
    const [step, plain] = [make(model), make(other)];
    const big = (T: number): Batch => ({
      steps: T,
      batch: 2,
      inputs: new Tokens(
        Int32Array.from({ length: 2 * T }, (_, i) => i % 4),
        0,
        2 * T,
      ),
      targets: new Tokens(
        Int32Array.from({ length: 2 * T }, (_, i) => (i * i) % 4),
        0,
        2 * T,
      ),
    });
    for (const T of [3, 9, 4]) {
      step.run(big(T));
      plain.run(big(T));
      model.run(new View(new Float32Array(4 * 40), 0, 40, 4), { steps: 4 });
      model.reserve({ steps: 50, batch: 12, tokenInputs: true, tokenTargets: true, checkpoint: "sqrt" });
    }
    expect(snapshot(model)).toEqual(snapshot(other));
  });

  test("of another optimizer is not taken over", () => {
    const model = smallModel();
    const [batch] = smallData().batches(0);
    const step = new TrainingStep(model, { loss, optimizer: adam() });
    step.run(batch);
    new TrainingStep(model, { loss, optimizer: sgd({ learningRate: 1 }) }).run(batch);
    expect(() => step.run(batch)).toThrow(
      new StateError("TrainingStep", "the model's memory was reserved for another optimizer meanwhile"),
    );
  });
});

/** Bytes of garbage that a call leaves: the smallest of several rounds, since other work may fall into one. */
function garbage(work: () => void): number {
  const rounds: number[] = [];
  for (let i = 0; i < 2000; i++) work();
  for (let round = 0; round < 15; round++) {
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 300; i++) work();
    const used = (process.memoryUsage().heapUsed - before) / 300;
    if (used >= 0) rounds.push(used);
  }
  return Math.min(...rounds);
}

test("a step leaves no garbage, however long the batch", () => {
  const [short, long] = [4, 54].map((steps) => {
    const tokens = new Tokens(
      Int32Array.from({ length: 2 * steps }, (_, i) => (i * i) % 4),
      0,
      2 * steps,
    );
    const model = smallModel();
    const step = new TrainingStep(model, { loss, optimizer: adam(), clip: 1, clipValue: 0.5 });
    const batch = { steps, batch: 2, inputs: tokens, targets: tokens, carry: false };
    step.run(batch);
    batch.carry = true;
    return garbage(() => step.run(batch));
  });
  // Numbers that cross a call may be boxed, 16 bytes each; the smallest object per time step would be 24 or more.
  expect(short).toBeLessThan(400);
  expect((long - short) / 50).toBeLessThan(8);
});
