import {
  readModel,
  readSafetensors,
  type Tensor,
  tensorOf,
  UnsupportedError,
  writeModel,
  writeSafetensors,
} from "@unroll/io";
import { FormatError, OptionError, UnrollError, View } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";
import { sequenceModel } from "@unroll/model";
import { adagrad, adam, cosine, momentum, type Optimizer, rmsprop, sgd, withWarmup } from "@unroll/optim";
import { elman, elmanCell } from "@unroll/rnn-cell";
import { Best, type FitOptions, fit, type Position, readCheckpoint, writeCheckpoint } from "@unroll/train";
import { describe, expect, test } from "vitest";
import { bits, loss, smallData, smallModel, snapshot } from "./support/small.ts";

const optimizers: Readonly<Record<string, () => Optimizer>> = {
  "Adam with warm-up and a cosine": () => adam({ learningRate: withWarmup(cosine(0.02, 0.001, 24), 4) }),
  "Adam with the largest square": () => adam({ amsgrad: true }),
  momentum: () => momentum({ learningRate: 0.05 }),
  RMSprop: () => rmsprop({ centered: true, momentum: 0.9 }),
  Adagrad: () => adagrad(),
  "gradient descent": () => sgd({ learningRate: 0.1 }),
};

/** 24 updates: three epochs of eight batches. */
const run = (optimizer: Optimizer): FitOptions => ({ loss, optimizer, clip: 1, epochs: 3 });

describe.each(Object.entries(optimizers))("%s", (_, optimizer) => {
  test.each([
    ["float32", true],
    ["float32", false],
    ["float64", true],
  ] as const)("resumed at any step, the run ends with the same bits: %s, carry %s", async (type, carry) => {
    const whole = smallModel({ type });
    const used = optimizer();
    const files: Uint8Array[] = [];
    const losses: number[] = [];
    const data = smallData({ carry });
    for await (const event of fit(whole, data, run(used))) {
      losses.push(event.loss);
      files.push(
        writeCheckpoint(whole, { optimizer: used, position: { epoch: event.epoch, from: event.from } }),
      );
    }
    expect(files).toHaveLength(3 * data.batchesPerEpoch);
    const end = snapshot(whole);
    for (const [i, file] of files.entries()) {
      const again = optimizer();
      const { model, position } = readCheckpoint(file, again);
      const rest: number[] = [];
      for await (const event of fit(model, smallData({ carry }), { ...run(again), start: position }))
        rest.push(event.loss);
      expect(rest).toEqual(losses.slice(i + 1));
      expect(snapshot(model)).toEqual(end);
    }
  });
});

test("what is written is what was there, and reading changes none of it", async () => {
  const optimizer = adam();
  const model = smallModel();
  for await (const _ of fit(model, smallData(), { loss, optimizer, steps: 3 }));
  const file = writeCheckpoint(model, {
    optimizer,
    position: { epoch: 0, from: 3 },
    metadata: { note: "mine" },
  });
  const read = readCheckpoint(file, optimizer);
  expect(snapshot(read.model)).toEqual(snapshot(model));
  expect(read.position).toEqual({ epoch: 0, from: 3 });
  expect([...read.metadata]).toEqual([["note", "mine"]]);
  expect(
    writeCheckpoint(read.model, { optimizer, position: read.position, metadata: read.metadata }),
  ).toEqual(file);
});

test("a checkpoint is a model like any other", async () => {
  const optimizer = adam();
  const model = smallModel();
  for await (const _ of fit(model, smallData(), { loss, optimizer, steps: 3 }));
  const { model: plain } = readModel(writeCheckpoint(model, { optimizer, position: { epoch: 0, from: 3 } }));
  expect(bits(plain.parameters)).toEqual(bits(model.parameters));
  expect(plain.optimizerState).toBeUndefined();
});

test("before the first step there are no states to carry", async () => {
  const optimizer = adam();
  const model = smallModel();
  model.reserve({ ...model.plan, optimizer });
  const { model: read, position } = readCheckpoint(
    writeCheckpoint(model, { optimizer, position: { epoch: 0, from: 0 } }),
    optimizer,
  );
  for (const one of [model, read])
    for await (const _ of fit(one, smallData(), { ...run(optimizer), start: position }));
  expect(snapshot(read)).toEqual(snapshot(model));
});

test("cells of one's own come back through their makers", async () => {
  const mine = (inputSize: number) => {
    const cell = elmanCell({ inputSize, hiddenSize: 3 });
    return Object.defineProperties(cell, { kind: { value: "mine" }, config: { value: { units: 3 } } });
  };
  const model = sequenceModel({ inputs: 4, cells: [mine, elman({ hiddenSize: 2 })], outputs: 4 });
  const optimizer = adam();
  for await (const _ of fit(model, smallData(), { loss, optimizer, steps: 2 }));
  const file = writeCheckpoint(model, { optimizer, position: { epoch: 0, from: 2 } });
  const { model: read } = readCheckpoint(file, adam(), { mine: () => mine });
  expect(snapshot(read)).toEqual(snapshot(model));
  expect(() => readCheckpoint(file, adam())).toThrow('cells of kind "mine"');
});

describe("all that a run is about", async () => {
  const optimizer = adam();
  const model = smallModel();
  const best = new Best(model);
  const validation = smallData({ length: 50, seed: 2 });
  const options = { loss, optimizer, validation, validateEvery: 2, best, restoreBest: false };
  for await (const _ of fit(model, smallData(), { ...options, steps: 7 }));
  const random = new RandomState(3);
  random.normal();
  const position = { epoch: 0, from: 7 };
  const settings = { hidden: [6, 5], note: "é", rate: 0.1 };
  const history = { loss: [0.1, Number.NaN, -0], empty: new Float32Array(0) };
  const tensors = { mine: tensorOf(new View(Float64Array.of(1, 2), 0, 1, 2)) };
  const file = writeCheckpoint(model, { optimizer, position, best, random, settings, history, tensors });

  test("comes back", () => {
    const read = readCheckpoint(file, adam());
    const { version, model: again, ...contents } = read;
    expect(version).toBe(2);
    expect(writeCheckpoint(again, contents)).toEqual(file);
    expect(read.settings).toEqual(settings);
    expect([...read.history]).toEqual([
      ["empty", new Float64Array(0)],
      ["loss", Float64Array.of(0.1, Number.NaN, -0)],
    ]);
    expect([...read.tensors]).toEqual(Object.entries(tensors));
    expect(read.random!.state).toEqual(random.state);
    expect(Array.from(read.random!.randn(5))).toEqual(
      Array.from(new RandomState(0).restore(random.state).randn(5)),
    );
    expect(read.best!.found).toEqual(best.found);
    expect(read.best!.misses).toBe(best.misses);
    expect(bits(read.best!.parameters)).toEqual(bits(best.parameters));
    expect(read.best!.model).toBe(read.model);
  });

  test("makes the optimizer from the settings", () => {
    const asked: unknown[] = [];
    const { optimizer, model } = readCheckpoint(file, (settings) => {
      asked.push(settings);
      return adam();
    });
    expect(asked).toEqual([settings]);
    expect(model.plan.optimizer).toBe(optimizer);
  });

  test("is not there where it was not given", () => {
    const read = readCheckpoint(writeCheckpoint(model, { optimizer, position }), adam());
    expect(read).toMatchObject({ best: undefined, random: undefined, settings: undefined });
    expect([read.history.size, read.tensors.size, read.metadata.size]).toEqual([0, 0, 0]);
  });

  test("a Best before the first validation is none", () => {
    const { best } = readCheckpoint(
      writeCheckpoint(model, { optimizer, position, best: new Best(model) }),
      adam(),
    );
    expect(best).toBeUndefined();
  });

  const changed = (change: (record: Record<string, unknown>) => unknown): Uint8Array => {
    const { tensors, metadata } = readSafetensors(file);
    const record = JSON.parse(metadata.get("training")!);
    change(record);
    return writeSafetensors(tensors, metadata.set("training", JSON.stringify(record)));
  };
  const replaced = (name: string, tensor: Tensor | undefined): Uint8Array => {
    const { tensors, metadata } = readSafetensors(file);
    if (tensor) tensors.set(name, tensor);
    else tensors.delete(name);
    return writeSafetensors(tensors, metadata);
  };

  test("a file of 0.1.0 has no version, and is read", () => {
    const old = changed((record) => {
      for (const name of ["version", "best", "settings"]) delete record[name];
    });
    expect(readCheckpoint(old, adam())).toMatchObject({ version: 1, best: undefined, position });
  });

  test("a newer version is named", () => {
    const read = (): unknown =>
      readCheckpoint(
        changed((record) => (record.version = 3)),
        adam(),
      );
    expect(read).toThrow("readCheckpoint: version 3 of checkpoints, expected 2 or older (at byte 8)");
    expect(read).toThrow(UnsupportedError);
  });

  const floats = (...shape: number[]): Tensor => ({
    dtype: "F32",
    shape,
    data: new Float32Array(shape.reduce((a, b) => a * b, 1)),
  });
  const zeros: Tensor = { dtype: "U32", shape: [625], data: new Uint32Array(625) };
  const far: Tensor = { dtype: "U32", shape: [625], data: new Uint32Array(625).fill(700) };
  const none = 'the metadata "training" does not describe a run';
  const noGenerator = '"random.words" and "random.gaussian" are no random generator';
  test.each<[string, Uint8Array, string]>([
    ["half a version", changed((record) => (record.version = 1.5)), none],
    ["a best step that is none", changed((record) => (record.best = { step: -1, loss: 1, misses: 0 })), none],
    [
      "a best loss that is none",
      changed((record) => (record.best = { step: 1, loss: "1", misses: 0 })),
      none,
    ],
    ["misses that are none", changed((record) => (record.best = { step: 1, loss: 1 })), none],
    ["no best parameters", replaced("best.parameters", undefined), 'tensor "best.parameters" is missing'],
    ["too few of them", replaced("best.parameters", floats(1, 3)), 'tensor "best.parameters" is F32 1×3'],
    [
      "a history of another type",
      replaced("history.loss", floats(3)),
      'tensor "history.loss" is F32 3, expected F64 numbers',
    ],
    ["half a generator", replaced("random.gaussian", undefined), noGenerator],
    ["the other half", replaced("random.words", undefined), noGenerator],
    ["too few words", replaced("random.words", floats(1)), noGenerator],
    ["a position past the words", replaced("random.words", far), noGenerator],
    ["nothing but zeros", replaced("random.words", zeros), noGenerator],
  ])("what is wrong about it is named: %s", (_, bytes, message) => {
    const read = (): unknown => readCheckpoint(bytes, adam());
    expect(read).toThrow(message);
    expect(read).toThrow(FormatError);
  });
});

test("with validation too, a run that is interrupted anywhere ends as if it had not been", async () => {
  const data = () => smallData({ length: 3 * 5 * 8 + 1 });
  const options = (optimizer: Optimizer): FitOptions => ({
    loss,
    optimizer,
    epochs: 5,
    validation: smallData({ length: 50, seed: 2 }),
    validateEvery: 3,
    patience: 3,
  });
  const ruinous = (): Optimizer => sgd({ learningRate: (step) => (step < 12 ? 0.3 : 30) });
  const optimizer = ruinous();
  const whole = smallModel();
  const best = new Best(whole);
  const files: Uint8Array[] = [];
  for await (const { epoch, from } of fit(whole, data(), { ...options(optimizer), best }))
    files.push(writeCheckpoint(whole, { optimizer, position: { epoch, from }, best }));
  expect(files.length).toBeLessThan(40); // patience ended it
  for (const file of files.slice(0, -1)) {
    const { model, optimizer, position, best } = readCheckpoint(file, ruinous());
    const events = fit(model, data(), { ...options(optimizer), start: position, best });
    for await (const _ of events);
    expect(bits(model.parameters)).toEqual(bits(whole.parameters));
  }
});

test("fit refuses what was best for another model, or without validation", () => {
  const model = smallModel();
  const options = { loss, optimizer: adam() };
  expect(() => fit(model, smallData(), { ...options, best: new Best(model) })).toThrow(
    "option best is Best, expected nothing without validation data",
  );
  const best = new Best(smallModel());
  expect(() => fit(model, smallData(), { ...options, validation: smallData(), best })).toThrow(
    "option best is Best, expected a Best of this model",
  );
});

describe("what cannot be written", () => {
  const optimizer = adam();
  const model = smallModel();
  model.reserve({ ...model.plan, optimizer });
  const at: Position = { epoch: 0, from: 0 };

  test("a model that another optimizer trained, or none", () => {
    const message = 'writeCheckpoint: option optimizer is "adam", expected the one that trained the model';
    expect(() => writeCheckpoint(model, { optimizer: adam(), position: at })).toThrow(message);
    expect(() => writeCheckpoint(smallModel(), { optimizer, position: at })).toThrow(message);
  });

  test("a position that is none, a key that is taken", () => {
    expect(() => writeCheckpoint(model, { optimizer, position: { epoch: -1, from: 0 } })).toThrow(
      "writeCheckpoint: epoch is -1, expected a whole number of 0 or more",
    );
    expect(() => writeCheckpoint(model, { optimizer, position: { epoch: 0, from: 0.5 } })).toThrow(
      "writeCheckpoint: from is 0.5, expected a whole number of 0 or more",
    );
    expect(() => writeCheckpoint(model, { optimizer, position: at, metadata: { training: "hard" } })).toThrow(
      'writeCheckpoint: key of the metadata is "training", expected another key',
    );
    expect(() => writeCheckpoint(model, { optimizer, position: at, metadata: { format: "mine" } })).toThrow(
      UnrollError,
    );
  });
});

describe("a file that is no checkpoint of this run", async () => {
  const optimizer = adam();
  const model = smallModel();
  for await (const _ of fit(model, smallData(), { loss, optimizer, steps: 3 }));
  const good = readSafetensors(writeCheckpoint(model, { optimizer, position: { epoch: 0, from: 3 } }));
  const record = JSON.parse(good.metadata.get("training") as string);
  const withRecord = (change: object | null): Uint8Array => {
    const metadata = new Map(good.metadata);
    metadata.set("training", JSON.stringify(change && { ...record, ...change }));
    return writeSafetensors(good.tensors, metadata);
  };
  const withTensor = (name: string, tensor: Tensor | undefined): Uint8Array => {
    const tensors = new Map(good.tensors);
    if (tensor) tensors.set(name, tensor);
    else tensors.delete(name);
    return writeSafetensors(tensors, good.metadata);
  };
  const floats = (...shape: number[]): Tensor => ({
    dtype: "F32",
    shape,
    data: new Float32Array(shape.reduce((a, b) => a * b, 1)),
  });
  const none = 'readCheckpoint: the metadata "training" does not describe a run (at byte 8)';
  const size = model.layout.size;

  const cases: [string, Uint8Array, string][] = [
    ["a model", writeModel(model), none],
    ["null", withRecord(null), none],
    ["another type", withRecord({ step: "3" }), none],
    ["a negative epoch", withRecord({ epoch: -1 }), none],
    ["half a batch", withRecord({ from: 0.5 }), none],
    [
      "an empty file",
      new Uint8Array(0),
      "readSafetensors: the file has 0 bytes, expected at least 8 (at byte 0)",
    ],
    [
      "a lost vector's place taken by one of another size",
      withTensor("optimizer.means", floats(1, 3)),
      `readCheckpoint: tensor "optimizer.means" is F32 1×3, expected F32 1×${size} (at byte 8)`,
    ],
    [
      "a lost state",
      withTensor("state.1", undefined),
      'readCheckpoint: tensor "state.1" is missing, expected F32 3×5 (at byte 8)',
    ],
    [
      "states of other numbers of sequences",
      withTensor("state.1", floats(1000, 5)),
      'readCheckpoint: tensor "state.1" is F32 1000×5, expected F32 3×5 (at byte 8)',
    ],
    [
      "states of another type",
      withTensor("state.0", { dtype: "F64", shape: [3, 6], data: new Float64Array(18) }),
      'readCheckpoint: tensor "state.0" is F64 3×6, expected F32 3×6 (at byte 8)',
    ],
    [
      "a state that is a number",
      withTensor("state.0", floats()),
      'readCheckpoint: tensor "state.0" is F32 number, expected F32 0×6 (at byte 8)',
    ],
  ];
  test.each(cases)("%s", (_, bytes, message) => {
    const read = (): unknown => readCheckpoint(bytes, adam());
    expect(read).toThrow(message);
    expect(read).toThrow(FormatError);
  });

  test("another optimizer's", () => {
    const expected = 'expected "adam with means, squares", as the file has it';
    const wrong: [Optimizer, string][] = [
      [sgd({ learningRate: 1 }), "sgd with no vectors"],
      [momentum({ learningRate: 1 }), "momentum with velocity"],
      [adam({ amsgrad: true }), "adam with largest, means, squares"],
    ];
    for (const [other, got] of wrong) {
      const read = (): unknown => readCheckpoint(writeSafetensors(good.tensors, good.metadata), other);
      expect(read).toThrow(`readCheckpoint: option optimizer is "${got}", ${expected}`);
      expect(read).toThrow(OptionError);
    }
    expect(() => readCheckpoint(withTensor("optimizer.means", undefined), adam())).toThrow(
      'option optimizer is "adam with means, squares", expected "adam with squares"',
    );
  });
});
