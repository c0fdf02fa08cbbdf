import { softmaxCrossEntropy } from "@unroll/losses";
import { sequenceModel } from "@unroll/model";
import { adam } from "@unroll/optim";
import { elman } from "@unroll/rnn-cell";
import { bundleForNode, type Program } from "@unroll/testing";
import { fit, tokenStreams } from "@unroll/train";
import { workers } from "@unroll/train/workers";
import { afterAll, beforeAll, expect, test } from "vitest";

let program: Program;
beforeAll(async () => {
  program = await bundleForNode(new URL("../src/train.worker.ts", import.meta.url));
});
afterAll(() => program.remove());

test("try", async () => {
  const run = async (count: number): Promise<number[]> => {
    const model = sequenceModel({ inputs: 11, cells: [elman({ hiddenSize: 19 }), elman({ hiddenSize: 13 })], outputs: 11, seed: 1 });
    const data = tokenStreams(Int32Array.from({ length: 900 }, (_, i) => (i * 7 + (i >> 3)) % 11), { size: 11, steps: 12, batch: 5 });
    const losses: number[] = [];
    for await (const { loss, workers: report } of fit(model, data, {
      loss: softmaxCrossEntropy(),
      optimizer: adam({ learningRate: 0.01 }),
      clip: 0.5,
      epochs: 100,
      steps: 100,
      workers: workers({ count, script: program.url }),
    })) {
      losses.push(loss);
      expect(report?.count).toBe(count);
    }
    const { data: all, offset, size } = model.parameters;
    return [...losses, ...all.slice(offset, offset + size)];
  };
  const expected = await run(0);
  for (const count of [1, 2, 3, 4, 5]) expect(await run(count)).toEqual(expected);
});
