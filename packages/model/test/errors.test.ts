import {
  MemoryError,
  NonFiniteError,
  OptionError,
  ShapeError,
  StateError,
  Tokens,
  ValueError,
  View,
} from "@unroll/kernels";
import { meanSquaredError, softmaxCrossEntropy } from "@unroll/losses";
import { type Batch, SequenceModel, type SequenceModelOptions, sequenceModel } from "@unroll/model";
import { elman, elmanCell, linearReadout } from "@unroll/rnn-cell";
import { describe, expect, test } from "vitest";
import { bits } from "./support/batches.ts";

const loss = softmaxCrossEntropy();
const options: SequenceModelOptions = { inputs: 3, cells: [elman({ hiddenSize: 4 })], outputs: 5, seed: 1 };
const model = sequenceModel(options);
const tokens = (...values: number[]): Tokens => new Tokens(Int32Array.from(values), 0, values.length);
const dense = (rows: number, columns: number): View =>
  new View(new Float32Array(rows * columns).fill(0.5), 0, rows, columns);

/** Two steps of two sequences. */
const good: Batch = { steps: 2, batch: 2, inputs: tokens(0, 1, 2, 0), targets: tokens(4, -1, 0, 3) };

type Kind = new (...details: never[]) => Error;

describe("a batch that does not fit", () => {
  const cases: [string, Partial<Batch>, Kind, string][] = [
    ["T = 0", { steps: 0 }, ValueError, "batch: steps is 0, expected a positive integer"],
    ["half a step", { steps: 1.5 }, ValueError, "batch: steps is 1.5, expected a positive integer"],
    ["no sequences", { batch: 0 }, ValueError, "batch: batch is 0, expected a positive integer"],
    ["empty sequences", { inputs: tokens() }, ShapeError, "batch: inputs is 0×1, expected 4×1"],
    ["more inputs", { inputs: tokens(1, 1, 1, 1, 1) }, ShapeError, "batch: inputs is 5×1, expected 4×1"],
    [
      "a token above",
      { inputs: tokens(0, 1, 3, 0) },
      ValueError,
      "batch: input token of row 2 is 3, expected 0 … 2",
    ],
    [
      "a token below",
      { inputs: tokens(0, -1, 0, 0) },
      ValueError,
      "batch: input token of row 1 is -1, expected 0 … 2",
    ],
    ["other columns", { inputs: dense(4, 2) }, ShapeError, "batch: inputs is 4×2, expected 4×3"],
    [
      "less data than rows",
      { inputs: new View(new Float32Array(11), 0, 4, 3) },
      ValueError,
      "batch: length of the data of inputs is 11, expected at least 12",
    ],
    ["fewer targets", { targets: tokens(1) }, ShapeError, "batch: targets is 1×1, expected 4×1"],
    [
      "a target above",
      { targets: tokens(0, 5, 0, 0) },
      ValueError,
      "softmaxCrossEntropy: targets[1] is 5, expected a token from 0 to 4, or -1 for none",
    ],
    [
      "targets of another kind",
      { targets: dense(4, 5) },
      ValueError,
      "softmaxCrossEntropy: targets is View, expected Tokens, one integer a row",
    ],
    ["fewer weights", { weights: dense(3, 1) }, ShapeError, "batch: weights is 3×1, expected 4×1"],
    ["wide weights", { weights: dense(4, 2) }, ShapeError, "batch: weights is 4×2, expected 4×1"],
    [
      "a NaN weight",
      { weights: new View(Float32Array.of(1, 1, Number.NaN, 1), 0, 4, 1) },
      NonFiniteError,
      "softmaxCrossEntropy: weight is NaN, row 2",
    ],
    ["flags of three", { reset: new Uint8Array(3) }, ShapeError, "batch: reset is 3, expected 2"],
    [
      "states that are not there",
      { carry: true },
      StateError,
      "SequenceModel: cannot carry states of 2 sequences: no batch left any",
    ],
  ];
  test.each(cases)("%s", (_, change, kind, message) => {
    const fresh = sequenceModel(options);
    const parameters = bits(fresh.parameters);
    const batch = { ...good, ...change };
    for (const run of [() => fresh.gradient(batch, { loss }), () => fresh.evaluate(batch, loss)]) {
      expect(run).toThrow(message);
      expect(run).toThrow(kind);
    }
    expect(bits(fresh.parameters)).toEqual(parameters);
    expect(fresh.saveStates()[0].rows).toBe(0);
  });

  test("leaves the carried states as they were", () => {
    const fresh = sequenceModel(options);
    fresh.gradient(good, { loss });
    const before = bits(fresh.saveStates()[0]);
    for (const change of [
      { targets: tokens(9, 9, 9, 9) },
      { inputs: tokens(9, 9, 9, 9) },
      { carry: true, batch: 1, steps: 4 },
    ])
      expect(() => fresh.gradient({ ...good, ...change }, { loss })).toThrow();
    expect(bits(fresh.saveStates()[0])).toEqual(before);
  });

  test("other numbers of sequences than are carried", () => {
    const fresh = sequenceModel(options);
    fresh.gradient(good, { loss });
    const one = { ...good, steps: 4, batch: 1, carry: true };
    expect(() => fresh.gradient(one, { loss })).toThrow(
      "SequenceModel: cannot carry states of 1 sequences: those of 2 sequences are there",
    );
  });

  test("a NaN target, at its row and column", () => {
    const targets = dense(4, 5);
    targets.data[12] = Number.NaN;
    expect(() => model.gradient({ ...good, targets }, { loss: meanSquaredError() })).toThrow(
      new NonFiniteError("meanSquaredError", "target", Number.NaN, { row: 2, column: 2 }),
    );
  });

  test("a reduction that there is not", () => {
    expect(() => model.gradient(good, { loss, reduction: "mean" as "sum" })).toThrow(OptionError);
  });
});

describe("a run that does not fit", () => {
  test("inputs and sizes", () => {
    const run = (rows: Tokens | View, of: { steps: number; batch?: number; carry?: boolean }) => () =>
      model.run(rows, of);
    expect(run(good.inputs, { steps: 0 })).toThrow("run: steps is 0, expected a positive integer");
    expect(run(good.inputs, { steps: 3 })).toThrow(/^run: batch is 1\.33+, expected a positive integer$/);
    expect(run(good.inputs, { steps: 3, batch: 1 })).toThrow("run: inputs is 4×1, expected 3×1");
    expect(run(dense(4, 4), { steps: 4 })).toThrow("run: inputs is 4×4, expected 4×3");
    expect(run(tokens(0, 1, 2, 3), { steps: 2 })).toThrow("run: input token of row 3 is 3, expected 0 … 2");
    expect(run(good.inputs, { steps: 2, carry: true })).toThrow(StateError);
  });
});

describe("a step of a stream that does not fit", () => {
  const stream = model.stream();
  const output = new Float32Array(5);
  test("tokens and lengths", () => {
    for (const token of [-1, 3, 0.5, Number.NaN]) {
      expect(() => stream.step(token, output)).toThrow(`Stream.step: token is ${token}, expected 0 … 2`);
      expect(() => stream.step(token, output)).toThrow(ValueError);
    }
    expect(() => stream.step(new Float32Array(2), output)).toThrow("Stream.step: input is 2, expected 3");
    expect(() => stream.step(1, new Float32Array(4))).toThrow("Stream.step: output is 4, expected 5");
    expect(() => stream.step(1, new Float32Array(4))).toThrow(ShapeError);
  });
});

describe("options that make no model", () => {
  const cases: [Partial<SequenceModelOptions>, string][] = [
    [{ inputs: 0 }, "elman: option inputSize is 0, expected a positive integer"],
    [{ outputs: 2.5 }, "linearReadout: option outputSize is 2.5, expected a positive integer"],
    [
      { cells: [] },
      "sequenceModel: option cells is [], expected at least one cell, as elman({ hiddenSize })",
    ],
    [{ cells: [elman({ hiddenSize: -1 })] }, "elman: option hiddenSize is -1, expected a positive integer"],
    [
      { type: "float16" as "float32" },
      'SequenceModel: option type is "float16", expected "float32" or "float64"',
    ],
    [{ seed: 0.5 }, "RandomState: option seed is 0.5, expected an integer from 0 to 2^32 - 1"],
    [{ kernels: "gpu" as "simd" }, 'Arena: option kernels is "gpu"'],
    [
      { hiddenSize: 3 } as Partial<SequenceModelOptions>,
      "sequenceModel: option hiddenSize is 3, expected no such option: inputs, cells, outputs, readout, type, seed, kernels",
    ],
  ];
  test.each(cases)("%o", (change, message) => {
    expect(() => sequenceModel({ ...options, ...change })).toThrow(message);
    expect(() => sequenceModel({ ...options, ...change })).toThrow(OptionError);
  });

  test("parts that do not meet", () => {
    const [small, large] = [4, 5].map((n) => elmanCell({ inputSize: 4, hiddenSize: n }));
    const readout = linearReadout({ inputSize: 4, outputSize: 2 });
    const make = (cells: (typeof small)[]) => () => new SequenceModel({ type: "float32", cells, readout });
    expect(make([small, large])).toThrow(
      "SequenceModel: option readout.inputSize is 4, expected 5, the output size below it",
    );
    expect(make([large, small])).toThrow("cells[1].inputSize is 4, expected 5, the output size below it");
    expect(make([])).toThrow("SequenceModel: option cells is [], expected at least one cell");
  });
});

describe("plans that cannot be", () => {
  test("leave the model as it was", () => {
    const fresh = sequenceModel(options);
    const { plan } = fresh;
    const wrong: [object, Kind][] = [
      [{ steps: 1.5 }, OptionError],
      [{ batch: 2 ** 53 }, OptionError],
      [{ truncation: { k1: 0, k2: 1 } }, OptionError],
      [{ truncation: { k1: 1, k2: 1 }, checkpoint: "sqrt" }, OptionError],
      [{ steps: 100, checkpoint: { bytes: 10 } }, OptionError],
      [{ steps: 1e6, batch: 1e6 }, MemoryError],
    ];
    for (const [change, kind] of wrong) expect(() => fresh.reserve({ ...plan, ...change })).toThrow(kind);
    expect(fresh.plan).toBe(plan);
    expect(fresh.gradient(good, { loss })).toBeGreaterThan(0);
  });

  test("states of other shapes are not restored", () => {
    const fresh = sequenceModel(options);
    expect(() => fresh.restoreStates([])).toThrow("restoreStates: number of layers is 0, expected 1");
    expect(() => fresh.restoreStates([dense(2, 3)])).toThrow("restoreStates: states[0] is 2×3, expected 2×4");
    const two = sequenceModel({ ...options, cells: [elman({ hiddenSize: 4 }), elman({ hiddenSize: 4 })] });
    expect(() => two.restoreStates([dense(2, 4), dense(3, 4)])).toThrow(
      "restoreStates: states[1] is 3×4, expected 2×4",
    );
  });
});
