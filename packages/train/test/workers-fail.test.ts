import type { Worker } from "node:worker_threads";
import { softmaxCrossEntropy } from "@unroll/losses";
import { type SequenceModel, sequenceModel } from "@unroll/model";
import { adam, type Optimizer } from "@unroll/optim";
import type { CellOfInput } from "@unroll/rnn-cell";
import { type FitOptions, fit, type Position } from "@unroll/train";
import { WorkerError, workers } from "@unroll/train/workers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Crew } from "../src/workers/crew.ts";
import { describe } from "../src/workers/description.ts";
import { failing, greedy } from "./support/own-parts.ts";
import { address, bundlePrograms } from "./support/programs.ts";
import { smallData, smallModel, snapshot } from "./support/small.ts";

bundlePrograms();

/** How often a worker is killed; `npx pnpm --filter @unroll/train kills` does it 200 times. */
const KILLS = Number(process.env.UNROLL_KILLS ?? 12);

/** Every worker that was started, in order. */
let started: Worker[] = [];
const remember = (worker: Worker): void => {
  started.push(worker);
};
beforeEach(() => {
  started = [];
  process.on("worker", remember);
});
afterEach(() => {
  process.off("worker", remember);
});

const loss = softmaxCrossEntropy();

/** Trains for 60 updates with workers, again from where the last event stood whenever one fails. */
async function trainedThrough(
  kill: () => void,
): Promise<{ model: SequenceModel; errors: { error: unknown; at: number }[] }> {
  const model = smallModel();
  const data = smallData();
  const optimizer = adam({ learningRate: 0.01 });
  const errors: { error: unknown; at: number }[] = [];
  let start: Position = { epoch: 0, from: 0 };
  while ((model.optimizerState?.step ?? 0) < 60) {
    // The memory for the optimizer comes with the first update.
    let last: unknown = model.plan.optimizer === optimizer ? snapshot(model) : undefined;
    try {
      const all = workers({ count: 2, script: address.script });
      kill();
      const steps = 60 - (model.optimizerState?.step ?? 0);
      for await (const { epoch, from } of fit(model, data, {
        loss,
        optimizer,
        epochs: 99,
        steps,
        start,
        workers: all,
      })) {
        start = { epoch, from };
        last = snapshot(model);
      }
    } catch (error) {
      errors.push({ error, at: performance.now() });
      if (last) expect(snapshot(model)).toEqual(last);
    }
  }
  return { model, errors };
}

test("killed at random points: a typed error each time, everything as before the step, and then the same bits", async () => {
  const reference = (await trainedThrough(() => undefined)).model;
  let kills = 0;
  let failed = 0;
  let killed = 0;
  const delays: number[] = [];
  while (kills < KILLS) {
    const { model, errors } = await trainedThrough(() => {
      if (kills === KILLS) return;
      const victim = kills++ % 2;
      const first = started.length;
      // From before a worker has begun to some way into the run.
      setTimeout(
        () => {
          killed = performance.now();
          void started[first + victim]?.terminate();
        },
        (kills * 37) % 160,
      );
    });
    for (const { error, at } of errors) {
      delays.push(at - killed);
      expect(error).toBeInstanceOf(WorkerError);
      expect(error).toMatchObject({ code: "worker", details: { where: "workers" } });
    }
    failed += errors.length;
    expect(snapshot(model)).toEqual(snapshot(reference));
  }
  expect(failed).toBeGreaterThan(KILLS / 4);
  // Told within 250 ms: a matter of the machine, so only the command asks.
  if (process.env.UNROLL_KILLS) expect(Math.max(...delays)).toBeLessThanOrEqual(250);
  expect(started.filter(({ threadId }) => threadId !== -1)).toEqual([]);
}, 300_000);

test("a cell that throws in a worker: what it threw, in which worker, and nothing changed", async () => {
  const { model, run } = await withCell(failing());
  const before = snapshot(model);
  const error = await run().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(WorkerError);
  expect((error as WorkerError).message).toMatch(/^workers: worker [01] failed: the cell of the test fails$/);
  expect((error as WorkerError).cause).toMatchObject({ name: "RangeError" });
  expect(snapshot(model)).toEqual(before);
  expect(started.filter(({ threadId }) => threadId !== -1)).toEqual([]);
});

test("a worker out of memory ends alone, with a typed error", async () => {
  const model = modelOf(greedy());
  const crew = await Crew.start({
    description: describe(model, loss),
    module: String(address.module),
    script: address.script,
    size: 2,
    shared: true,
    cores: 2,
    resourceLimits: { maxOldGenerationSizeMb: 24, maxYoungGenerationSizeMb: 4 },
  });
  model.reserve({ ...model.plan, threads: 2 });
  const [batch] = smallData().batches(0);
  const error = await model.gradientBy(crew.run, batch, { loss }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(WorkerError);
  expect((error as WorkerError).message).toContain("memory limit");
  // Later calls fail at once, and the model works on in its thread.
  await expect(model.gradientBy(crew.run, batch, { loss })).rejects.toBe(error);
  await crew.end();
  expect(started.filter(({ threadId }) => threadId !== -1)).toEqual([]);
}, 120_000);

test.each([
  ["a program that is not there", { script: new URL("file:///nowhere/train.worker.js") }],
  ["a module that is not there", { module: "file:///nowhere/parts.js" }],
])("%s is a typed error", async (_name, options) => {
  const model = smallModel();
  const all = workers({ count: 2, script: address.script, ...options });
  const run = fit(model, smallData(), { loss, optimizer: adam(), workers: all });
  await expect(run.next()).rejects.toBeInstanceOf(WorkerError);
});

test("no worker, listener or handle is left, however a run ends", async () => {
  const listeners = (): number =>
    process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
  const ports = (): number =>
    process.getActiveResourcesInfo().filter((name) => /Worker|MessagePort/.test(name)).length;
  const once = async (options: Partial<FitOptions>): Promise<void> => {
    const all = workers({ count: 2, script: address.script });
    const given = { loss, optimizer: adam(), epochs: 2, workers: all, ...options };
    for await (const { step } of fit(smallModel(), smallData(), given)) if (step === 3) break;
  };
  await once({});
  const before = [listeners(), ports()];
  const controller = new AbortController();
  controller.abort();
  for (let i = 0; i < 3; i++) {
    await once({});
    await once({ steps: 2 });
    await once({ signal: controller.signal });
  }
  expect([listeners(), ports()]).toEqual(before);
  expect(started.filter(({ threadId }) => threadId !== -1)).toEqual([]);
});

function modelOf(cell: CellOfInput): SequenceModel {
  return sequenceModel({ inputs: 4, cells: [cell], outputs: 4 });
}

async function withCell(cell: CellOfInput): Promise<{ model: SequenceModel; run: () => Promise<unknown> }> {
  const model = modelOf(cell);
  const all = workers({ count: 2, script: address.script, module: address.module });
  const optimizer: Optimizer = adam();
  model.reserve({ ...model.plan, optimizer });
  return { model, run: () => fit(model, smallData(), { loss, optimizer, workers: all }).next() };
}
