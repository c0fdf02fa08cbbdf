import { type ErrorCode, isTokens, Tokens, UnrollError, View } from "@unroll/kernels";
import type { Batch } from "@unroll/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Dataset } from "./dataset.ts";
import { type PaddedOptions, padded } from "./padded.ts";
import type { Sequence } from "./sequences.ts";

const tokens = (...list: number[]) => Int32Array.from(list);

interface Grid {
  steps: number;
  batch: number;
  inputs: number[][];
  targets: number[][];
  weights: number[][];
}

/** One list a sequence. */
function gridOf(batch: Batch): Grid {
  const { steps, batch: B, inputs, targets, weights } = batch;
  const read = (data: ArrayLike<number>) =>
    Array.from({ length: B }, (_, b) => Array.from({ length: steps }, (_, t) => data[t * B + b] as number));
  for (const rows of [inputs, targets, weights!]) expect(rows.rows).toBe(steps * B);
  return {
    steps,
    batch: B,
    inputs: read(inputs.data),
    targets: read(targets.data),
    weights: read(weights!.data),
  };
}

function epochOf(data: Dataset, epoch: number, from?: number): Grid[] {
  const all: Grid[] = [];
  for (const batch of data.batches(epoch, from)) all.push(gridOf(batch));
  return all;
}

test("tokens with one target a step, by hand", () => {
  const data = padded(
    [
      { inputs: tokens(1, 2, 3), targets: tokens(2, 3, 0) },
      { inputs: tokens(4), targets: tokens(1) },
      { inputs: tokens(2, 1), targets: tokens(-1, 3) },
    ],
    { batch: 2, shuffle: false },
  );
  expect([data.steps, data.batch, data.batchesPerEpoch, data.inputSize, data.targetSize]).toEqual([
    3, 2, 2, 5, 4,
  ]);
  expect(epochOf(data, 0)).toEqual([
    {
      steps: 3,
      batch: 2,
      inputs: [
        [1, 2, 3],
        [4, 0, 0],
      ],
      targets: [
        [2, 3, 0],
        [1, -1, -1],
      ],
      weights: [
        [1, 1, 1],
        [1, 0, 0],
      ],
    },
    { steps: 2, batch: 1, inputs: [[2, 1]], targets: [[-1, 3]], weights: [[0, 1]] },
  ]);
});

test("classification: one target at the last valid step, by hand", () => {
  const data = padded(
    [
      { inputs: tokens(1, 2, 3), targets: 7 },
      { inputs: tokens(4), targets: tokens(2) },
      { inputs: tokens(5, 6), targets: new Tokens(tokens(9, 1), 1, 1) },
    ],
    { batch: 3, shuffle: false, scored: "last-step" },
  );
  expect(data.targetSize).toBe(8);
  expect(epochOf(data, 0)).toEqual([
    {
      steps: 3,
      batch: 3,
      inputs: [
        [1, 2, 3],
        [4, 0, 0],
        [5, 6, 0],
      ],
      targets: [
        [-1, -1, 7],
        [2, -1, -1],
        [-1, 1, -1],
      ],
      weights: [
        [0, 0, 1],
        [1, 0, 0],
        [0, 1, 0],
      ],
    },
  ]);
});

test("weights: those of sequences, and of the steps before the last, whose target is the same", () => {
  const sequences = [
    { inputs: tokens(1, 2, 3), targets: 7, weight: 2 },
    { inputs: tokens(4), targets: 2 },
    { inputs: tokens(5, 6), targets: -1 },
    { inputs: tokens(5, 6), targets: 1, weight: 0 },
  ];
  const options = { batch: 4, shuffle: false, scored: "last-step", earlierWeight: 0.25 } as const;
  const [grid] = epochOf(padded(sequences, options), 0);
  expect(grid!.targets).toEqual([
    [7, 7, 7],
    [2, -1, -1],
    [-1, -1, -1],
    [-1, -1, -1],
  ]);
  expect(grid!.weights).toEqual([
    [0.5, 0.5, 2],
    [1, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ]);
  const everyStep = [{ inputs: tokens(1, 2), targets: tokens(3, -1), weight: 3 }];
  expect(epochOf(padded(everyStep, { batch: 1 }), 0)[0]!.weights).toEqual([[3, 0]]);
});

test("rows of numbers, from slices of wider matrices", () => {
  const wide = new View(
    Float64Array.from({ length: 12 }, (_, i) => i + 1),
    1,
    3,
    2,
    4,
  ); // 2 3, 6 7, 10 11
  const data = padded(
    [
      { inputs: wide, targets: new View(Float64Array.of(5), 0, 1, 1) },
      { inputs: new View(Float32Array.of(8, 9), 0, 1, 2), targets: new View(Float64Array.of(6), 0, 1, 1) },
    ],
    { batch: 2, shuffle: false, scored: "last-step", type: "float64" },
  );
  const [batch] = data.batches(0);
  expect([data.inputSize, data.targetSize, batch!.steps]).toEqual([2, 1, 3]);
  expect([...batch!.inputs.data]).toEqual([2, 3, 8, 9, 6, 7, 0, 0, 10, 11, 0, 0]);
  expect([...batch!.targets.data]).toEqual([0, 6, 0, 0, 5, 0]);
  expect([...batch!.weights!.data]).toEqual([0, 1, 0, 0, 1, 0]);
  expect(batch!.weights!.data).toBeInstanceOf(Float64Array);
  expect(isTokens(batch!.inputs)).toBe(false);
});

/** Sequence i has its own tokens, so that each can be found again in the batches. */
function numbered(lengths: readonly number[]): Sequence[] {
  let next = 1;
  return lengths.map((length) => {
    const inputs = Int32Array.from({ length }, () => next++);
    return { inputs, targets: inputs.map((token) => token + 1000) };
  });
}

const anyLengths = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 30 });

test("every step of every sequence counts exactly once an epoch; masks are 1 up to the length, then 0", () => {
  fc.assert(
    fc.property(
      anyLengths,
      fc.integer({ min: 1, max: 9 }),
      fc.boolean(),
      fc.boolean(),
      fc.nat(),
      (lengths, batch, bucket, shuffle, seed) => {
        const sequences = numbered(lengths);
        const data = padded(sequences, { batch, bucket, shuffle, seed });
        checkEpoch(epochOf(data, 0), sequences);
      },
    ),
    { seed: 1, numRuns: 400 },
  );
});

test("the check above notices planted errors", () => {
  const sequences = numbered([3, 1, 5, 2]);
  const data = padded(sequences, { batch: 2, seed: 5 });
  checkEpoch(epochOf(data, 0), sequences);
  const planted: ((epoch: Grid[]) => void)[] = [
    (epoch) => epoch.pop(),
    (epoch) => epoch.push(epoch[0]!),
    ([first]) => (first!.weights[0]![0] = 0), // a step that does not count
    ([first]) => first!.weights.map((row) => row.fill(1)), // padding that counts
    ([first]) => (first!.targets[0]![0]! += 1), // the target of the next step
    ([first]) => first!.inputs.reverse(), // inputs of another sequence
  ];
  for (const plant of planted) {
    const epoch = epochOf(data, 0);
    plant(epoch);
    expect(() => checkEpoch(epoch, sequences)).toThrow();
  }
});

function checkEpoch(epoch: Grid[], sequences: readonly Sequence[]): void {
  const left = new Map(sequences.map((each) => [(each.inputs as Int32Array)[0], each]));
  for (const { steps, inputs, targets, weights } of epoch) {
    let longest = 0;
    for (const [b, row] of inputs.entries()) {
      const found = left.get(row[0])!;
      expect(found).toBeDefined();
      left.delete(row[0]);
      const expected = found.inputs as Int32Array;
      longest = Math.max(longest, expected.length);
      const padding = new Array(steps - expected.length);
      expect(row).toEqual([...expected, ...padding.fill(0)]);
      expect(targets[b]).toEqual([...(found.targets as Int32Array), ...padding.fill(-1)]);
      expect(weights[b]).toEqual([...expected.map(() => 1), ...padding.fill(0)]);
    }
    expect(steps).toBe(longest);
  }
  expect(left.size).toBe(0);
}

describe("buckets", () => {
  const lengths = Array.from({ length: 64 }, (_, i) => 1 + ((i * 37) % 50));
  const padding = (data: Dataset) =>
    epochOf(data, 0).reduce((sum, { weights }) => sum + weights.flat().filter((w) => w === 0).length, 0);

  test("leave as little padding as there can be for this order of batches", () => {
    const sequences = numbered(lengths);
    const sorted = [...lengths].sort((a, b) => a - b);
    let least = 0;
    for (let i = 0; i < 64; i += 8) for (let j = 0; j < 8; j++) least += sorted[i + 7]! - sorted[i + j]!;
    expect(padding(padded(sequences, { batch: 8, bucket: true }))).toBe(least);
    expect(padding(padded(sequences, { batch: 8 }))).toBeGreaterThan(5 * least);
  });

  test("come in another order each epoch, with other companions", () => {
    const data = padded(numbered(lengths.map((length) => 1 + (length % 4))), {
      batch: 4,
      bucket: true,
      seed: 3,
    });
    const stepsOf = (epoch: number) => epochOf(data, epoch).map((each) => each.steps);
    expect(stepsOf(1)).not.toEqual(stepsOf(0));
    const companions = (epoch: number) => {
      const firsts = (grid: Grid) => grid.inputs.map((row) => row[0]!).sort((a, b) => a - b);
      return epochOf(data, epoch)
        .map((grid) => firsts(grid).join())
        .sort();
    };
    expect(companions(0)).not.toEqual(companions(1));
  });

  test("without shuffling: ascending length, ties in the order given", () => {
    const data = padded(numbered([2, 1, 2, 1]), { batch: 2, bucket: true, shuffle: false });
    expect(epochOf(data, 0).map((each) => each.inputs)).toEqual([
      [[3], [6]],
      [
        [1, 2],
        [4, 5],
      ],
    ]);
  });
});

test("the order depends on seed and epoch, and an epoch can begin in its middle", () => {
  const make = (seed: number) => padded(numbered([3, 1, 4, 1, 5, 9, 2, 6]), { batch: 3, seed, bucket: true });
  const data = make(1);
  const epoch = epochOf(data, 2);
  expect(epochOf(make(1), 2)).toEqual(epoch);
  expect(epochOf(data, 2, 1)).toEqual(epoch.slice(1));
  expect(epochOf(make(4), 2)).not.toEqual(epoch);
});

describe("refusals", () => {
  const row = (...values: number[]) => new View(Float64Array.from(values), 0, 1, values.length);
  const good: Sequence = { inputs: tokens(0, 1), targets: tokens(1, 0) };
  const run = (sequences: readonly Sequence[], options: Partial<PaddedOptions> = {}) => {
    return () => padded(sequences, { batch: 2, ...options });
  };
  const cases: [string, () => unknown, ErrorCode, string][] = [
    ["no sequences", run([]), "value", "padded: number of sequences is 0, expected at least 1"],
    [
      "an empty sequence",
      run([good, { inputs: tokens(), targets: tokens() }]),
      "value",
      "length of sequence 1 is 0, expected at least 1",
    ],
    [
      "too few targets",
      run([good, { inputs: tokens(1, 2, 3), targets: tokens(1) }]),
      "value",
      "number of targets of sequence 1 is 1, expected 3",
    ],
    [
      "two targets at the last step",
      run([good], { scored: "last-step" }),
      "value",
      "number of targets of sequence 0 is 2, expected 1",
    ],
    [
      "a negative weight",
      run([{ ...good, weight: -1 }]),
      "value",
      "weight of sequence 0 is -1, expected a finite number ≥ 0",
    ],
    [
      "a weight of earlier steps where every step counts",
      run([good], { earlierWeight: 0.1 }),
      "option",
      'option earlierWeight is 0.1, expected nothing, unless scored is "last-step"',
    ],
    [
      "a negative weight of earlier steps",
      run([{ inputs: tokens(1), targets: 1 }], { earlierWeight: -0.1, scored: "last-step" }),
      "option",
      "option earlierWeight is -0.1, expected a finite number ≥ 0",
    ],
    [
      "a token out of range",
      run([good, { inputs: tokens(4), targets: tokens(1) }], { inputSize: 4 }),
      "value",
      "token 0 of the inputs of sequence 1 is 4, expected an integer from 0 to 3",
    ],
    [
      "a negative input",
      run([{ inputs: tokens(-1), targets: tokens(1) }]),
      "value",
      "is -1, expected an integer ≥ 0",
    ],
    [
      "a target out of range",
      run([good], { targetSize: 1 }),
      "value",
      "token 0 of the targets of sequence 0 is 1, expected an integer from 0 to 0 (or −1: ignored)",
    ],
    ["a target below −1", run([{ inputs: tokens(1), targets: tokens(-2) }]), "value", "is -2"],
    [
      "a class that is no integer",
      run([{ inputs: tokens(1), targets: 2.5 }]),
      "value",
      "target of sequence 0 is 2.5",
    ],
    [
      "tokens and rows mixed",
      run([good, { inputs: row(1), targets: tokens(1) }]),
      "value",
      "inputs of sequence 1 is View, expected tokens like those of sequence 0",
    ],
    [
      "rows and tokens mixed",
      run([{ inputs: row(1), targets: tokens(1) }, good]),
      "value",
      "expected a matrix",
    ],
    [
      "rows of another width",
      run([
        { inputs: row(1, 2), targets: tokens(1) },
        { inputs: row(1, 2, 3), targets: tokens(1) },
      ]),
      "shape",
      "inputs of sequence 1 is 1×3, expected 1×2",
    ],
    [
      "NaN",
      run([{ inputs: row(1, Number.NaN), targets: tokens(1) }]),
      "non-finite",
      "inputs of sequence 0 is NaN, row 0, column 1",
    ],
    ["batch 0", run([good], { batch: 0 }), "option", "option batch is 0"],
    ["an unknown option", run([good], { buckets: true } as never), "option", "option buckets is true"],
  ];
  test.each(cases)("%s", (_, call, code, message) => {
    let error: unknown;
    try {
      call();
    } catch (caught) {
      error = caught;
    }
    expect(UnrollError.is(error) && error.code).toBe(code);
    expect((error as Error).message).toContain(message);
  });
});
