import { type Loss, softmaxCrossEntropy } from "@unroll/losses";
import { SequenceModel, sequenceModel } from "@unroll/model";
import { adam, clipByGlobalNorm } from "@unroll/optim";
import { elman } from "@unroll/rnn-cell";
import { alteredCell } from "@unroll/rnn-cell/laws";
import { describe, expect, test } from "vitest";
import { randomBatch } from "./support/batches.ts";

const loss = softmaxCrossEntropy();

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

function small(): SequenceModel {
  const cells = [elman({ hiddenSize: 4 }), elman({ hiddenSize: 3 })];
  return sequenceModel({ inputs: 4, cells, outputs: 4 });
}

/** Garbage of gradient, clipping and update, by number of time steps. */
function garbageOfSteps(model: SequenceModel, kind: "tokens" | "float32", steps: number): number {
  const optimizer = adam();
  const batch = { ...randomBatch({ steps, batch: 2, inputs: 4, outputs: 4, kind }), carry: true };
  model.reserve({ ...model.plan, optimizer });
  model.gradient({ ...batch, carry: false }, { loss });
  const objective: { loss: Loss } = { loss };
  const state = model.optimizerState;
  if (!state) throw new Error("no state");
  return garbage(() => {
    model.gradient(batch, objective);
    clipByGlobalNorm(model.kernels, model.gradients, 1);
    optimizer.update(model.kernels, model.parameters, model.gradients, state);
    model.parametersChanged();
  });
}

describe("a training step", () => {
  // Numbers that cross a call may be boxed, 16 bytes each; the smallest object per time step would be 24 or more.
  test.each(["tokens", "float32"] as const)("leaves no garbage, however long: %s", (kind) => {
    const [short, long] = [4, 54].map((steps) => garbageOfSteps(small(), kind, steps));
    expect(short).toBeLessThan(300);
    expect((long - short) / 50).toBeLessThan(8);
  });

  test("that leaves a view each time step is noticed", () => {
    const { cells, readout } = small();
    const wasteful = cells.map((cell) =>
      alteredCell(cell, (bound) => ({
        step: (gates, previous, next, tape) =>
          bound.step(Object.assign(Object.create(Object.getPrototypeOf(gates)), gates), previous, next, tape),
      })),
    );
    const model = new SequenceModel({ type: "float32", cells: wasteful, readout });
    expect(garbageOfSteps(model, "tokens", 54)).toBeGreaterThan(54 * 2 * 40);
  });
});

test.each(["tokens", "features"])("a step of a stream leaves no garbage: %s", (kind) => {
  const stream = small().stream();
  const output = new Float32Array(4);
  const input = kind === "tokens" ? 2 : new Float32Array(4);
  expect(garbage(() => stream.step(input, output))).toBeLessThan(16);
});

test("thousands of models, made and dropped, do not fill the memory", () => {
  const batch = randomBatch({ steps: 20, batch: 8, inputs: 10, outputs: 10 });
  let [total, peak] = [0, 0];
  const start = process.memoryUsage().external;
  for (let i = 0; i < 1000; i++) {
    const model = sequenceModel({ inputs: 10, cells: [elman({ hiddenSize: 100 })], outputs: 10 });
    model.gradient(batch, { loss });
    total += model.bytes;
    peak = Math.max(peak, process.memoryUsage().external - start);
  }
  expect(total).toBeGreaterThan(400e6);
  expect(peak).toBeLessThan(200e6);
  for (let i = 0; i < 2000; i++)
    small().gradient(randomBatch({ steps: 1, batch: 1, inputs: 4, outputs: 4 }), { loss });
  expect(process.memoryUsage().external - start).toBeLessThan(200e6);
});
