import { View } from "@unroll/kernels";
import { describe, expect, test } from "vitest";
import { dropTokens } from "./drop-tokens.ts";
import { padded } from "./padded.ts";
import { tokenStreams } from "./streams.ts";

const DROPPED = 9;
const series = Int32Array.from({ length: 4001 }, (_, i) => i % 7);
const data = tokenStreams(series, { size: 10, steps: 20, batch: 5 });

function inputsOf(rate: number, epoch: number, seed = 0, from = 0): number[][] {
  const list: number[][] = [];
  const dropping = dropTokens(data, { rate, token: DROPPED, seed });
  for (const { inputs } of dropping.batches(epoch, from))
    list.push(Array.from(inputs.data.slice(0, inputs.rows)));
  return list;
}

describe("dropTokens", () => {
  test("replaces about as many as the rate says, all or none at its ends, and nothing else", () => {
    const whole = inputsOf(0, 0).flat();
    expect(whole.includes(DROPPED)).toBe(false);
    expect(
      inputsOf(1, 0)
        .flat()
        .every((token) => token === DROPPED),
    ).toBe(true);
    const some = inputsOf(0.2, 0).flat();
    const dropped = some.filter((token) => token === DROPPED).length;
    expect(dropped / some.length).toBeGreaterThan(0.17);
    expect(dropped / some.length).toBeLessThan(0.23);
    expect(some.every((token, i) => token === DROPPED || token === whole[i])).toBe(true);
  });

  test("each epoch, batch and seed has its own choice, the same whenever it is asked", () => {
    const places = (list: number[][]) => list.map((batch) => batch.map((token) => token === DROPPED).join());
    const first = places(inputsOf(0.5, 0));
    expect(places(inputsOf(0.5, 0))).toEqual(first);
    expect(new Set(first).size).toBe(first.length);
    expect(places(inputsOf(0.5, 0, 0, 3))).toEqual(first.slice(3));
    expect(places(inputsOf(0.5, 1)).some((batch) => first.includes(batch))).toBe(false);
    expect(places(inputsOf(0.5, 0, 1)).some((batch) => first.includes(batch))).toBe(false);
  });

  test("sizes, targets, weights and carrying stay, and the data itself is left as it is", () => {
    const sequences = [
      { inputs: Int32Array.of(1, 2, 3), targets: 1 },
      { inputs: Int32Array.of(4), targets: 0 },
    ];
    const options = { batch: 2, shuffle: false, scored: "last-step", inputSize: 10 } as const;
    const [plain] = padded(sequences, options).batches(0);
    const dropping = dropTokens(padded(sequences, options), { rate: 1, token: DROPPED });
    const [batch] = dropping.batches(0);
    expect(batch!.targets).toEqual(plain!.targets);
    expect(batch!.weights).toEqual(plain!.weights);
    expect([batch!.steps, batch!.batch, dropping.batchesPerEpoch, dropping.inputSize]).toEqual([3, 2, 1, 10]);
    expect([...sequences[0]!.inputs]).toEqual([1, 2, 3]);
    const carried = dropTokens(data, { rate: 0.5, token: DROPPED });
    expect(Array.from(carried.batches(0), ({ carry }) => carry).slice(0, 2)).toEqual([false, true]);
  });

  test("wrong options and inputs that are no tokens are refused", () => {
    expect(() => dropTokens(data, { rate: 1.5, token: 0 })).toThrow(
      "option rate is 1.5, expected a number from 0 to 1",
    );
    expect(() => dropTokens(data, { rate: 0.5, token: 10 })).toThrow("option token is 10");
    expect(() => dropTokens(data, { rate: 0.5, token: 0, sed: 1 } as never)).toThrow("no such option");
    const numbers = new View(new Float32Array(2), 0, 2, 1);
    const matrices = padded([{ inputs: numbers, targets: 0 }], { batch: 1, scored: "last-step" });
    expect(() => [...dropTokens(matrices, { rate: 0.5, token: 0 }).batches(0)]).toThrow(
      'dropTokens: inputs is "a matrix", expected tokens',
    );
  });
});
