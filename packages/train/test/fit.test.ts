import { OptionError, StateError } from "@unroll/kernels";
import { adam, sgd } from "@unroll/optim";
import { type Dataset, evaluate, type FitOptions, type FitResult, type FitStep, fit } from "@unroll/train";
import { describe, expect, test } from "vitest";
import { bits, loss, smallData, smallModel, snapshot } from "./support/small.ts";

const base = (): FitOptions => ({ loss, optimizer: adam({ learningRate: 0.01 }) });

/** All events of a fit, and how it ended. */
async function run(
  iterator: AsyncGenerator<FitStep, FitResult, void>,
): Promise<{ events: FitStep[]; result: FitResult }> {
  const events: FitStep[] = [];
  for (;;) {
    const next = await iterator.next();
    if (next.done) return { events, result: next.value };
    events.push(next.value);
  }
}

describe("events", () => {
  test("one for each batch, with the place where to go on", async () => {
    const data = smallData();
    expect(data.batchesPerEpoch).toBe(8);
    const model = smallModel();
    const { events, result } = await run(fit(model, data, { ...base(), epochs: 2 }));
    expect(events.map(({ step, epoch, from }) => [step, epoch, from])).toEqual([
      ...[1, 2, 3, 4, 5, 6, 7, 8].map((i) => [i, 0, i]),
      ...[1, 2, 3, 4, 5, 6, 7, 8].map((i) => [8 + i, 1, i]),
    ]);
    expect(result).toEqual({ reason: "finished", steps: 16, best: undefined });
    expect(new Set(events.map((event) => event.loss)).size).toBe(16);
    expect(events.every((event) => event.validation === undefined)).toBe(true);
    expect(model.optimizerState?.step).toBe(16);
  });

  test("the loss of an event is the one before its update", async () => {
    const model = smallModel();
    const data = smallData();
    const [batch] = data.batches(0);
    const { sum, weight } = model.evaluate(batch, loss);
    const { value } = await fit(model, data, base()).next();
    expect((value as FitStep).loss).toBeCloseTo(sum / weight, 12);
  });

  test("one epoch unless told; `steps` ends it sooner", async () => {
    expect((await run(fit(smallModel(), smallData(), base()))).result.steps).toBe(8);
    for (const steps of [1, 7, 8, 9, 16, 17]) {
      const { events, result } = await run(fit(smallModel(), smallData(), { ...base(), epochs: 2, steps }));
      expect([events.length, result.steps, result.reason]).toEqual([
        Math.min(steps, 16),
        Math.min(steps, 16),
        "finished",
      ]);
    }
  });

  test("`start` leaves out what is done", async () => {
    const from = async (start: { epoch: number; from: number }): Promise<unknown[]> => {
      const data = smallData({ carry: false });
      const { events } = await run(fit(smallModel(), data, { ...base(), epochs: 2, start }));
      return events.map((event) => [event.epoch, event.from]);
    };
    const n = smallData({ carry: false }).batchesPerEpoch;
    const places = (epoch: number, first: number): number[][] =>
      Array.from({ length: n - first }, (_, i) => [epoch, first + i + 1]);
    expect(await from({ epoch: 0, from: 3 })).toEqual([...places(0, 3), ...places(1, 0)]);
    expect(await from({ epoch: 0, from: n })).toEqual(places(1, 0));
    expect(await from({ epoch: 1, from: n - 1 })).toEqual(places(1, n - 1));
    expect(await from({ epoch: 2, from: 0 })).toEqual([]);
  });

  test("a carrying run cannot start in the middle without its states", async () => {
    const options = { ...base(), start: { epoch: 0, from: 3 } };
    await expect(run(fit(smallModel(), smallData(), options))).rejects.toThrow(
      new StateError("SequenceModel", "cannot carry states of 3 sequences: no batch left any"),
    );
  });
});

describe("stopping", () => {
  test("a signal ends it after the step under way", async () => {
    const controller = new AbortController();
    const model = smallModel();
    const iterator = fit(model, smallData(), { ...base(), epochs: 5, signal: controller.signal });
    for (let i = 0; i < 3; i++) await iterator.next();
    controller.abort();
    const after = snapshot(model);
    expect(await iterator.next()).toEqual({
      done: true,
      value: { reason: "aborted", steps: 3, best: undefined },
    });
    expect(snapshot(model)).toEqual(after);
  });

  test("a signal from a timer is seen", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 1);
    const { result } = await run(
      fit(smallModel(), smallData(), { ...base(), epochs: 1e9, signal: controller.signal }),
    );
    expect(result.reason).toBe("aborted");
  });

  test("a signal given beforehand means no step", async () => {
    const model = smallModel();
    const before = snapshot(model);
    const { events, result } = await run(fit(model, smallData(), { ...base(), signal: AbortSignal.abort() }));
    expect([events, result.reason]).toEqual([[], "aborted"]);
    expect(snapshot(model)).toEqual(before);
  });

  test("a signal after the last step comes too late", async () => {
    const controller = new AbortController();
    const iterator = fit(smallModel(), smallData(), { ...base(), steps: 1, signal: controller.signal });
    await iterator.next();
    controller.abort();
    expect((await iterator.next()).value).toMatchObject({ reason: "finished" });
  });

  test("a signal cuts a validation short", async () => {
    const controller = new AbortController();
    const validation = smallData({ seed: 5 });
    const aborting: Dataset = {
      ...validation,
      *batches() {
        for (const batch of validation.batches(0)) {
          controller.abort();
          yield batch;
        }
      },
    };
    const options = { ...base(), steps: 1, validation: aborting, signal: controller.signal };
    const { events, result } = await run(fit(smallModel(), smallData(), options));
    expect(events.map((event) => event.validation)).toEqual([undefined]);
    expect(result).toEqual({ reason: "aborted", steps: 1, best: undefined });
  });

  test("leaving the loop leaves the model, and another fit goes on", async () => {
    const optimizer = adam({ learningRate: 0.01 });
    const model = smallModel();
    let place = { epoch: 0, from: 0 };
    for await (const { epoch, from, step } of fit(model, smallData(), { loss, optimizer, epochs: 2 })) {
      place = { epoch, from };
      if (step === 5) break;
    }
    expect(model.optimizerState?.step).toBe(5);
    await run(fit(model, smallData(), { loss, optimizer, epochs: 2, start: place }));
    const whole = smallModel();
    await run(fit(whole, smallData(), { ...base(), epochs: 2 }));
    expect(snapshot(model)).toEqual(snapshot(whole));
  });

  test("an error in the loop leaves the model, too", async () => {
    const model = smallModel();
    const failing = async (): Promise<void> => {
      for await (const { step } of fit(model, smallData(), base())) if (step === 2) throw new Error("mine");
    };
    await expect(failing()).rejects.toThrow("mine");
    expect(model.optimizerState?.step).toBe(2);
  });
});

describe("states", () => {
  test("are carried, or not, as the data set says", async () => {
    const whole = smallData();
    const model = smallModel();
    const losses: number[] = [];
    for await (const event of fit(model, whole, { loss, optimizer: sgd({ learningRate: 0 }) }))
      losses.push(event.loss);
    const carried = smallModel();
    const fresh = smallModel();
    const expected = Array.from(whole.batches(0), (batch) => carried.gradient(batch, { loss }));
    const without = Array.from(whole.batches(0), (batch) =>
      fresh.gradient({ ...batch, carry: false }, { loss }),
    );
    expect(losses).toEqual(expected);
    expect(losses[0]).toBe(without[0]);
    expect(losses[1]).not.toBe(without[1]);
  });
});

describe("validation", () => {
  const validation = (): Dataset => smallData({ seed: 5 });

  test("every epoch, or every so many updates, and at the end", async () => {
    const steps = async (options: Partial<FitOptions>): Promise<number[]> => {
      const all = { ...base(), epochs: 2, validation: validation(), ...options };
      const { events } = await run(fit(smallModel(), smallData(), all));
      return events.filter((event) => event.validation).map((event) => event.step);
    };
    expect(await steps({})).toEqual([8, 16]);
    expect(await steps({ validateEvery: 5 })).toEqual([5, 10, 15, 16]);
    expect(await steps({ steps: 11 })).toEqual([8, 11]);
    expect(await steps({ validateEvery: 100, steps: 3 })).toEqual([3]);
  });

  test("changes nothing about the training", async () => {
    const [plain, validated] = [smallModel(), smallModel()];
    await run(fit(plain, smallData(), { ...base(), epochs: 2 }));
    const options = { ...base(), epochs: 2, validation: validation(), validateEvery: 1, restoreBest: false };
    await run(fit(validated, smallData(), options));
    expect(snapshot(validated)).toEqual(snapshot(plain));
  });

  test("is the mean loss after the update", async () => {
    const model = smallModel();
    const set = validation();
    for await (const event of fit(model, smallData(), { ...base(), validation: set, validateEvery: 3 }))
      if (event.validation) expect(event.validation.loss).toBe(await evaluate(model, set, loss));
  });

  /** A learning rate that first helps and then ruins. */
  const ruinous = (): FitOptions => ({
    loss,
    optimizer: sgd({ learningRate: (step) => (step < 12 ? 0.3 : 30) }),
    epochs: 4,
    validation: validation(),
    validateEvery: 4,
  });

  test("the best parameters are put back at the end", async () => {
    const model = smallModel();
    const set = validation();
    const { events, result } = await run(fit(model, smallData(), { ...ruinous(), validation: set }));
    const losses = events.flatMap((event) => (event.validation ? [event.validation.loss] : []));
    const least = Math.min(...losses);
    expect(result.best).toEqual({ step: 4 * (losses.indexOf(least) + 1), loss: least });
    expect(least).toBeLessThan(losses[losses.length - 1]);
    expect(await evaluate(model, set, loss)).toBe(least);
    expect(events.flatMap((event) => (event.validation ? [event.validation.best] : []))).toEqual(
      losses.map((one, i) => i === 0 || one < Math.min(...losses.slice(0, i))),
    );
  });

  test("or not, if so wanted", async () => {
    const model = smallModel();
    const set = validation();
    const { events } = await run(
      fit(model, smallData(), { ...ruinous(), validation: set, restoreBest: false }),
    );
    expect(await evaluate(model, set, loss)).toBe(events[events.length - 1].validation?.loss);
  });

  test("patience ends it after so many validations without progress", async () => {
    const { events, result } = await run(fit(smallModel(), smallData(), { ...ruinous(), patience: 2 }));
    expect(result.reason).toBe("patience");
    expect(result.steps).toBe((result.best?.step ?? 0) + 2 * 4);
    expect(events).toHaveLength(result.steps);
  });

  test("an aborted run keeps its last parameters", async () => {
    const model = smallModel();
    const controller = new AbortController();
    const iterator = fit(model, smallData(), { ...ruinous(), signal: controller.signal });
    for (let i = 0; i < 20; i++) await iterator.next();
    const before = bits(model.parameters);
    controller.abort();
    const { value } = await iterator.next();
    expect(value).toMatchObject({ reason: "aborted", steps: 20 });
    expect((value as FitResult).best?.step).toBeLessThan(20);
    expect(bits(model.parameters)).toEqual(before);
  });
});

test("the event loop gets its turn", async () => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  let work = 0;
  const began = performance.now();
  for await (const _ of fit(smallModel(), smallData(), { ...base(), epochs: 1e9 })) {
    work++;
    if (ticks >= 5 || performance.now() - began > 20_000) break;
  }
  clearInterval(timer);
  expect(ticks).toBeGreaterThanOrEqual(5);
  expect(work).toBeGreaterThan(5);
});

test("the event loop gets its turn during an evaluation", async () => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  const data = tokensForever();
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 30);
  expect(await evaluate(smallModel(), data, loss, { signal: controller.signal })).toBeUndefined();
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(0);
});

/** An epoch without end. */
function tokensForever(): Dataset {
  const data = smallData({ carry: false });
  return {
    ...data,
    *batches() {
      for (;;) yield* data.batches(0);
    },
  };
}

describe("options that are refused at once", () => {
  const data = smallData();
  const other = smallModel({ inputs: 5 });
  const cases: [string, Partial<Record<keyof FitOptions | "learningRate", unknown>>, string][] = [
    [
      "an unknown one",
      { learningRate: 0.1 },
      "fit: option learningRate is 0.1, expected no such option: loss,",
    ],
    ["no epochs", { epochs: 0 }, "fit: option epochs is 0, expected an integer ≥ 1"],
    ["half a step", { steps: 0.5 }, "fit: option steps is 0.5, expected an integer ≥ 1"],
    ["a negative epoch", { start: { epoch: -1, from: 0 } }, "fit: option start.epoch is -1"],
    [
      "a batch beyond",
      { start: { epoch: 0, from: 9 } },
      "fit: option start.from is 9, expected an integer from 0 to 8",
    ],
    [
      "patience without validation",
      { patience: 2 },
      "fit: option patience is 2, expected nothing without validation data",
    ],
    ["no patience", { patience: 0 }, "fit: option patience is 0, expected an integer ≥ 1"],
    ["validation without data", { validation: [] }, "fit: option validation is [], expected a data set"],
    [
      "its own data",
      { validation: data },
      "fit: option validation is Object, expected a data set of its own",
    ],
    ["no loss", { loss: undefined }, "TrainingStep: option loss is undefined, expected a Loss"],
    [
      "no optimizer",
      { optimizer: "adam" },
      'TrainingStep: option optimizer is "adam", expected an Optimizer',
    ],
    ["no clipping", { clip: 0 }, "TrainingStep: option clip is 0, expected a number above 0"],
    ["no clipping by value", { clipValue: Number.NaN }, "TrainingStep: option clipValue is NaN"],
  ];
  test.each(cases)("%s", (_, options, message) => {
    const start = (): unknown => fit(smallModel(), data, { ...base(), ...options } as FitOptions);
    expect(start).toThrow(message);
    expect(start).toThrow(OptionError);
  });

  test("data of other sizes", () => {
    expect(() => fit(other, data, base())).toThrow(
      'fit: option data is "4 inputs and 4 outputs", expected 5 inputs and 4 outputs, those of the model',
    );
  });

  test("a truncation or checkpoint that is none, at the first step", async () => {
    const truncation = { k1: 0, k2: 1 };
    await expect(run(fit(smallModel(), data, { ...base(), truncation }))).rejects.toThrow(OptionError);
    const checkpoint = { bytes: 1 };
    await expect(run(fit(smallModel(), data, { ...base(), checkpoint }))).rejects.toThrow(OptionError);
  });
});

test("truncation and checkpoints reach the model", async () => {
  const after = async (options: Partial<FitOptions>): Promise<unknown> => {
    const model = smallModel();
    await run(fit(model, smallData(), { ...base(), ...options }));
    return snapshot(model);
  };
  const full = await after({});
  expect(await after({ checkpoint: "sqrt" })).toEqual(full);
  expect(await after({ truncation: { k1: 5, k2: 5 } })).toEqual(full);
  expect(await after({ truncation: { k1: 1, k2: 2 } })).not.toEqual(full);
});
