import { sigmoid } from "@unroll/activations";
import { OptionError, StateError, type View } from "@unroll/kernels";
import { fromRows, RandomState } from "@unroll/linalg";
import { huber, meanSquaredError, softmaxCrossEntropy } from "@unroll/losses";
import { type SequenceModel, type SequenceModelOptions, sequenceModel } from "@unroll/model";
import { adam } from "@unroll/optim";
import { elman } from "@unroll/rnn-cell";
import {
  type Dataset,
  evaluate,
  type FitOptions,
  type FitStep,
  fit,
  padded,
  tokenStreams,
  type WorkersReport,
  windows,
} from "@unroll/train";
import { type WorkersOptions, workers } from "@unroll/train/workers";
import { describe, expect, test } from "vitest";
import expected from "./fixtures/one-hash.json" with { type: "json" };
import { runs } from "./support/one-hash/runs.ts";
import { cubic, plain, quartic } from "./support/own-parts.ts";
import { address, bundlePrograms } from "./support/programs.ts";

bundlePrograms();

const some = (options: WorkersOptions = {}) => workers({ script: address.script, ...options });

describe.each(Object.entries(runs))("1,000 steps with %s", (name, run) => {
  test.each([1, 2, 3, 4])(
    "leave the weights of the fixture with %d workers",
    async (count) => {
      const { hash } = expected[name as keyof typeof expected];
      expect(await run("simd", some({ count }))).toMatchObject({ kernels: "simd", hash });
    },
    180_000,
  );
});

/** What a run leaves: all losses and norms, and the parameters. */
async function trained(
  make: () => { readonly model: SequenceModel; readonly data: Dataset },
  options: Omit<FitOptions, "optimizer">,
): Promise<{ readonly numbers: number[]; readonly report: WorkersReport | undefined }> {
  const { model, data } = make();
  const numbers: number[] = [];
  let report: WorkersReport | undefined;
  const optimizer = adam({ learningRate: 0.01 });
  for await (const step of fit(model, data, { epochs: 99, steps: 12, clip: 0.5, ...options, optimizer })) {
    numbers.push(step.loss, step.gradientNorm, step.validation?.loss ?? -1);
    report = step.workers;
  }
  const { data: all, offset, size } = model.parameters;
  return { numbers: [...numbers, ...all.slice(offset, offset + size)], report };
}

/** Rows of numbers. */
function rows(columns: number, count: number, seed: number): View {
  const random = new RandomState(seed);
  return fromRows(Array.from({ length: count }, () => Array.from(random.randn(columns))));
}

const tokens = (length: number): Int32Array => {
  const random = new RandomState(9);
  return Int32Array.from({ length }, () => random.randint(0, 7));
};

const ofTokens =
  (options: Partial<SequenceModelOptions> = {}) =>
  () => ({
    model: sequenceModel({
      inputs: 7,
      cells: [elman({ hiddenSize: 9 }), elman({ hiddenSize: 6, activation: sigmoid })],
      outputs: 7,
      seed: 1,
      ...options,
    }),
    data: tokenStreams(tokens(1200), { size: 7, steps: 9, batch: 11 }),
  });

const ofNumbers =
  (options: Partial<SequenceModelOptions> = {}) =>
  () => ({
    model: sequenceModel({ inputs: 2, cells: [elman({ hiddenSize: 10 })], outputs: 2, seed: 2, ...options }),
    data: windows(rows(2, 300, 3), { steps: 8, batch: 11, seed: 4, type: options.type }),
  });

const loss = softmaxCrossEntropy({ labelSmoothing: 0.1 });

describe("the bits of one thread", () => {
  const ways: [string, Parameters<typeof trained>[0], Omit<FitOptions, "optimizer">][] = [
    ["a stack over tokens", ofTokens(), { loss }],
    ["float64", ofNumbers({ type: "float64" }), { loss: huber({ delta: 0.3 }) }],
    ["portable kernels", ofNumbers({ kernels: "portable" }), { loss: meanSquaredError({ features: "sum" }) }],
    ["fused multiply-adds, where there are some", ofTokens({ kernels: "fast" }), { loss }],
    ["truncation with windows that overlap", ofTokens(), { loss, truncation: { k1: 3, k2: 5 } }],
    ["checkpoints", ofTokens(), { loss, checkpoint: "sqrt" }],
    ["checkpoints in little memory", ofTokens(), { loss, checkpoint: { bytes: 40_000 } }],
    ["an output activation", ofNumbers({ readout: { activation: sigmoid } }), { loss: meanSquaredError() }],
    [
      "no biases",
      ofTokens({ cells: [elman({ hiddenSize: 9, bias: false })], readout: { bias: false } }),
      { loss },
    ],
  ];
  test.each(ways)("with %s", async (_name, make, options) => {
    const alone = await trained(make, options);
    expect(alone.report).toBeUndefined();
    for (const count of [2, 3, 8, 11]) {
      const together = await trained(make, { ...options, workers: some({ count }) });
      expect(together.report).toEqual({ count, shared: true });
      expect(together.numbers).toEqual(alone.numbers);
    }
  });

  test("after 1,000 steps with 8 workers", async () => {
    const options = { loss, epochs: 999, steps: 1000 };
    const alone = await trained(ofTokens(), options);
    const together = await trained(ofTokens(), { ...options, workers: some({ count: 8 }) });
    expect(together.report).toEqual({ count: 8, shared: true });
    expect(together.numbers).toEqual(alone.numbers);
  }, 180_000);

  test("with sequences of many lengths, weights and a batch that is not full", async () => {
    const random = new RandomState(5);
    const sequences = Array.from({ length: 17 }, () => {
      const steps = random.randint(1, 12);
      return { inputs: rows(2, steps, steps), targets: rows(2, steps, steps + 50) };
    });
    const make = () => ({ ...ofNumbers()(), data: padded(sequences, { batch: 6, seed: 1 }) });
    const options = { loss: meanSquaredError(), clipValue: 0.1 };
    const alone = await trained(make, options);
    for (const count of [2, 5])
      expect((await trained(make, { ...options, workers: some({ count }) })).numbers).toEqual(alone.numbers);
  });

  test("with validation by the same workers, over more steps than training has", async () => {
    const validation = () => tokenStreams(tokens(700), { size: 7, steps: 150, batch: 3 });
    const options = { loss, validateEvery: 5 };
    const alone = await trained(ofTokens(), { ...options, validation: validation() });
    const together = await trained(ofTokens(), {
      ...options,
      validation: validation(),
      workers: some({ count: 2 }),
    });
    expect(together.numbers).toEqual(alone.numbers);
  });
});

test("evaluate gives the bits of one thread, and leaves what training carries alone", async () => {
  const { model, data } = ofTokens()();
  const alone = await evaluate(model, data, loss);
  for (const count of [1, 3])
    expect(await evaluate(model, data, loss, { workers: some({ count }) })).toBe(alone);
  expect(await evaluate(model, data, loss)).toBe(alone);
  expect(model.saveStates()[0].rows).toBe(0);
});

describe("parts of the user's own", () => {
  const make = () => ({
    model: sequenceModel({
      inputs: 2,
      cells: [plain(5), elman({ hiddenSize: 4, activation: cubic })],
      outputs: 2,
    }),
    data: windows(rows(2, 200, 3), { steps: 6, batch: 5, seed: 4 }),
  });

  test("come from a module, and leave the same bits", async () => {
    const alone = await trained(make, { loss: quartic });
    for (const count of [2, 3]) {
      const together = await trained(make, {
        loss: quartic,
        workers: some({ count, module: address.module }),
      });
      expect(together.report).toEqual({ count, shared: true });
      expect(together.numbers).toEqual(alone.numbers);
    }
  });

  test("without a module one thread does it all, and says why", async () => {
    const alone = await trained(make, { loss: quartic });
    const { numbers, report } = await trained(make, { loss: quartic, workers: some({ count: 2 }) });
    expect(numbers).toEqual(alone.numbers);
    expect(report).toMatchObject({ count: 0, shared: false });
    expect(report?.note).toContain(`option name is "quartic"`);
    const ownCell = await trained(make, { loss: meanSquaredError(), workers: some({ count: 2 }) });
    expect(ownCell.report?.note).toContain(`option cells is "plain"`);
    const ownActivation = ofNumbers({ cells: [elman({ hiddenSize: 3, activation: cubic })] });
    const second = await trained(ownActivation, { loss: meanSquaredError(), workers: some({ count: 2 }) });
    expect(second.report?.note).toContain(`option name is "cubic"`);
  });
});

test("small models get no workers unless they are asked for, and never more than there are sequences", async () => {
  const small = await trained(ofTokens(), { loss, workers: some() });
  expect(small.report).toEqual({
    count: 0,
    shared: false,
    note: "the model and its batches are too small for workers",
  });
  expect((await trained(ofTokens(), { loss, workers: some({ count: 0 }) })).report).toEqual({
    count: 0,
    shared: false,
  });
  expect((await trained(ofTokens(), { loss, workers: some({ count: 64 }) })).report?.count).toBe(11);
});

test("a hook on the steps back keeps the work in its thread", async () => {
  const { model, data } = ofTokens()();
  let seen = 0;
  model.unrolled.onBackwardStep = () => seen++;
  const { report } = await trained(() => ({ model, data }), { loss, workers: some({ count: 2 }) });
  expect(report).toEqual({ count: 0, shared: false, note: "a hook watches the steps back" });
  expect(seen).toBeGreaterThan(0);
});

test("a signal stops after the step under way, leaving the loop ends the workers, and the model works on", async () => {
  const { model, data } = ofTokens()();
  const controller = new AbortController();
  const events: FitStep[] = [];
  const options = { loss, optimizer: adam(), epochs: 9, workers: some({ count: 2 }) };
  for await (const event of fit(model, data, { ...options, signal: controller.signal })) {
    events.push(event);
    if (events.length === 3) controller.abort();
  }
  expect(events).toHaveLength(3);
  for await (const { step } of fit(model, data, options)) if (step === 5) break;
  expect(model.optimizerState?.step).toBe(5);
  const copy = ofTokens()();
  for await (const { step } of fit(copy.model, copy.data, { ...options, workers: undefined }))
    if (step === 3) break;
  for await (const { step } of fit(copy.model, copy.data, { ...options, workers: undefined }))
    if (step === 5) break;
  expect([...model.parameters.data.slice(0, model.layout.size)]).toEqual([
    ...copy.model.parameters.data.slice(0, model.layout.size),
  ]);
});

test("while workers are at a step the model refuses other batches; streams go on", async () => {
  const { model, data } = ofTokens()();
  const work = await some({ count: 2 }).start(model, loss, data);
  try {
    const [batch] = data.batches(0);
    const under = work.gradient(batch, { loss });
    expect(() => model.gradient(batch, { loss })).toThrow(StateError);
    expect(() => model.run(batch.inputs, { steps: 9 })).toThrow("its team is at work on another batch");
    const output = new Float32Array(7);
    model.stream().step(3, output);
    const together = await under;
    expect(output.some((value) => value !== 0)).toBe(true);
    expect(model.gradient(batch, { loss })).toBe(together);
  } finally {
    await work.end();
  }
});

test("an event at most every so often, but for the last", async () => {
  const { model, data } = ofTokens()();
  const steps: number[] = [];
  const options = { loss, optimizer: adam(), steps: 10, epochs: 9, eventInterval: 1e6 };
  for await (const { step } of fit(model, data, options)) steps.push(step);
  expect(steps).toEqual([10]);
});

test("options are checked", () => {
  const { model, data } = ofTokens()();
  expect(() => workers({ count: -1 })).toThrow(OptionError);
  expect(() => workers({ counts: 2 } as WorkersOptions)).toThrow("no such option: count, module, script");
  const base = { loss, optimizer: adam() };
  expect(() => fit(model, data, { ...base, workers: 2 as never })).toThrow(
    'workers() of "@unroll/train/workers"',
  );
  expect(() => fit(model, data, { ...base, eventInterval: -1 })).toThrow("eventInterval is -1");
});
