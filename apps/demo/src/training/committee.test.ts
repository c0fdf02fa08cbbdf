import { matrix, RandomState } from "@unroll/linalg";
import { sequenceModel } from "@unroll/model";
import { elman } from "@unroll/rnn-cell";
import { expect, test } from "vitest";
import { committee } from "./committee.ts";

test.each([[[5]], [[4, 3]]])("layers %j: its outputs are the mean of its members'", (sizes) => {
  const members = [1, 2, 3].map((seed) => {
    const cells = sizes.map((hiddenSize) => elman({ hiddenSize }));
    const model = sequenceModel({ inputs: 3, cells, outputs: 2, seed });
    const random = new RandomState(seed);
    for (let i = 0; i < model.layout.size; i++)
      model.parameters.data[model.parameters.offset + i]! += 0.3 * random.normal();
    model.parametersChanged();
    return model;
  });
  const inputs = matrix(20, 3, new RandomState(7).randn(60), "float32");
  const said = members.map((model) => model.run(inputs, { steps: 20, batch: 1 }).data.slice());
  const together = committee(members).run(inputs, { steps: 20, batch: 1 });
  for (let i = 0; i < 40; i++) {
    const mean = (said[0]![i]! + said[1]![i]! + said[2]![i]!) / 3;
    expect(Math.abs(together.data[together.offset + i]! - mean)).toBeLessThan(1e-6);
  }
  expect(Math.abs(said[0]![39]! - said[1]![39]!)).toBeGreaterThan(1e-3);
});

test("one network is its own committee", () => {
  const alone = sequenceModel({ inputs: 1, cells: [elman({ hiddenSize: 2 })], outputs: 1 });
  expect(committee([alone])).toBe(alone);
});
