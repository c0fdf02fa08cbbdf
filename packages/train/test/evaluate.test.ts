import { NonFiniteError, OptionError, ValueError, View } from "@unroll/kernels";
import { meanSquaredError } from "@unroll/losses";
import { sequenceModel } from "@unroll/model";
import { elman } from "@unroll/rnn-cell";
import { evaluate, padded, tokenStreams, windows } from "@unroll/train";
import { expect, test } from "vitest";
import { loss, series, smallData, smallModel, snapshot, V } from "./support/small.ts";

test("the mean over all steps that count, however they are cut", async () => {
  const model = smallModel({ type: "float64" });
  const tokens = series(61);
  const whole = await evaluate(model, tokenStreams(tokens, { size: V, steps: 60, batch: 1 }), loss);
  for (const steps of [1, 7, 59])
    expect(await evaluate(model, tokenStreams(tokens, { size: V, steps, batch: 1 }), loss)).toBeCloseTo(
      whole as number,
      13,
    );
});

test("padding does not count", async () => {
  const model = smallModel({ type: "float64" });
  const cut = (length: number): Int32Array => series(20).slice(0, length);
  const sequences = [4, 9, 2].map((n) => ({ inputs: cut(n), targets: cut(n + 1).slice(1) }));
  const options = { batch: 3, inputSize: V, targetSize: V, shuffle: false };
  const together = await evaluate(model, padded(sequences, options), loss);
  let sum = 0;
  for (const one of sequences)
    sum += ((await evaluate(model, padded([one], options), loss)) as number) * one.inputs.length;
  expect(together).toBeCloseTo(sum / 15, 13);
});

test("carried states and parameters stay as they are", async () => {
  const model = smallModel();
  const [first] = smallData().batches(0);
  model.gradient(first, { loss });
  const before = snapshot(model);
  await evaluate(model, smallData(), loss);
  expect(snapshot(model)).toEqual(before);
});

test("two evaluations at a time do not disturb each other", async () => {
  const model = smallModel();
  const expected = await evaluate(model, smallData({ length: 3000 }), loss);
  const many = smallData({ length: 30_000, seed: 3 });
  const [, again] = await Promise.all([
    evaluate(model, many, loss),
    evaluate(model, smallData({ length: 3000 }), loss),
  ]);
  expect(again).toBe(expected);
});

test("a memory for the training batch is enough for a long sequence", async () => {
  const model = smallModel();
  const [batch] = smallData().batches(0);
  model.gradient(batch, { loss });
  await evaluate(model, tokenStreams(series(2001), { size: V, steps: 2000, batch: 1 }), loss);
  expect([model.plan.steps, model.plan.batch]).toEqual([64, 3]);
});

test("NaN is not a result", async () => {
  const series = new View(
    Float32Array.from({ length: 40 }, (_, i) => i / 40),
    0,
    40,
    1,
  );
  const data = windows(series, { steps: 5, batch: 2, shuffle: false });
  const model = sequenceModel({ inputs: 1, cells: [elman({ hiddenSize: 3 })], outputs: 1 });
  series.data[23] = Number.NaN;
  await expect(evaluate(model, data, meanSquaredError())).rejects.toThrow(
    new NonFiniteError("meanSquaredError", "target", Number.NaN, { row: 4, column: 0 }),
  );
  series.data[23] = 0;
  model.parameters.data[model.parameters.offset] = Number.NaN;
  await expect(evaluate(model, data, meanSquaredError())).rejects.toThrow(
    "evaluate: loss is NaN, batch 0, time step 0, sequence 0",
  );
});

test("nothing to score is an error", async () => {
  const nothing = [{ inputs: Int32Array.of(1, 2), targets: Int32Array.of(-1, -1) }];
  const data = padded(nothing, { batch: 1, inputSize: V, targetSize: V });
  await expect(evaluate(smallModel(), data, loss)).rejects.toThrow(
    new ValueError("evaluate", "weight of all steps", 0, "a number above 0"),
  );
});

test("other sizes and unknown options are refused", async () => {
  await expect(evaluate(smallModel({ outputs: 5 }), smallData(), loss)).rejects.toThrow(
    'evaluate: option data is "4 inputs and 4 outputs", expected 4 inputs and 5 outputs, those of the model',
  );
  const options = { sgnal: 1 } as object;
  await expect(evaluate(smallModel(), smallData(), loss, options)).rejects.toThrow(OptionError);
});
