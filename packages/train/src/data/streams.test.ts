import { type ErrorCode, StateError, UnrollError } from "@unroll/kernels";
import type { Batch } from "@unroll/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { characters } from "./characters.ts";
import type { Dataset } from "./dataset.ts";
import { tokenStreams } from "./streams.ts";
import { vocabularyOf } from "./vocabulary.ts";

/** A copy of the batches, sequence by sequence: [input, target] pairs. */
function epochOf(data: Dataset, epoch: number, from?: number) {
  return [...collect(data, epoch, from)];
}

function* collect(data: Dataset, epoch: number, from?: number) {
  for (const each of data.batches(epoch, from)) yield { ...each, pairs: pairsOf(each) };
}

function pairsOf({ steps, batch, inputs, targets }: Batch): [number, number][][] {
  expect(inputs.rows).toBe(steps * batch);
  expect(targets.rows).toBe(steps * batch);
  return Array.from({ length: batch }, (_, b) =>
    Array.from({ length: steps }, (_, t) => [
      inputs.data[t * batch + b] as number,
      targets.data[t * batch + b] as number,
    ]),
  );
}

const count = (n: number) => Int32Array.from({ length: n }, (_, i) => i);

describe("streams with carried state", () => {
  test("a small text, by hand", () => {
    const data = characters("abcdefghijk", { steps: 2, batch: 2 }); // 10 pairs, 2 streams of 5
    expect(data.vocabulary.symbols.join("")).toBe("abcdefghijk");
    expect([data.steps, data.batch, data.batchesPerEpoch, data.dropped]).toEqual([2, 2, 3, 0]);
    expect([data.inputSize, data.targetSize]).toEqual([11, 11]);
    const seen = epochOf(data, 0).map(({ steps, batch, carry, pairs }) => ({
      steps,
      batch,
      carry,
      text: pairs.map((stream) => stream.map((pair) => data.vocabulary.decode(pair))),
    }));
    expect(seen).toEqual([
      {
        steps: 2,
        batch: 2,
        carry: false,
        text: [
          ["ab", "bc"],
          ["fg", "gh"],
        ],
      },
      {
        steps: 2,
        batch: 2,
        carry: true,
        text: [
          ["cd", "de"],
          ["hi", "ij"],
        ],
      },
      { steps: 1, batch: 2, carry: true, text: [["ef"], ["jk"]] },
    ]);
  });

  test("every token but the first is a target exactly once, in the order of its stream", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 60 }),
        (steps, batch, more) => {
          const tokens = count(steps * batch + 1 + more);
          const data = tokenStreams(tokens, { steps, batch, size: tokens.length });
          checkStreams(epochOf(data, 0), tokens.length, batch, data.dropped);
          expect(data.dropped).toBe((tokens.length - 1) % batch);
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });

  test("the check above notices planted errors", () => {
    const data = tokenStreams(count(32), { steps: 4, batch: 3, size: 32 });
    const good = () => epochOf(data, 0);
    checkStreams(good(), 32, 3, 1);
    const planted: ((batches: ReturnType<typeof good>) => void)[] = [
      (batches) => batches.pop(), // a lost window
      (batches) => ((batches[1] as { carry: boolean }).carry = false), // a reset
      (batches) => ((batches[0] as { carry: boolean }).carry = true), // state from nowhere
      (batches) => batches.reverse(),
      ([first]) => first!.pairs.reverse(), // streams that change places
      ([first]) => (first!.pairs[0]![1]![1] = 1), // the target is the input itself
      ([first]) => (first!.pairs[2]![0]![0] += 1), // the input looks ahead
    ];
    for (const plant of planted) {
      const batches = good();
      plant(batches);
      expect(() => checkStreams(batches, 32, 3, 1)).toThrow();
    }
  });

  function checkStreams(batches: ReturnType<typeof epochOf>, n: number, B: number, dropped: number) {
    const streams = Array.from({ length: B }, (): [number, number][] => []);
    for (const [k, { batch, carry, pairs }] of batches.entries()) {
      expect(batch).toBe(B);
      expect(carry).toBe(k > 0);
      for (const [b, stream] of pairs.entries()) streams[b]!.push(...stream);
    }
    const expected = Array.from({ length: n - 1 - dropped }, (_, i) => [i, i + 1]);
    expect(streams.flat()).toEqual(expected);
  }

  test("an epoch can begin in its middle, as after a resume", () => {
    const data = characters("the quick brown fox", { steps: 3, batch: 2 });
    expect(epochOf(data, 4, 1)).toEqual(epochOf(data, 4).slice(1));
    expect(epochOf(data, 4, 1)[0]!.carry).toBe(true);
    expect(epochOf(data, 0, data.batchesPerEpoch)).toEqual([]);
  });
});

describe("independent windows", () => {
  test("a small text, by hand and in order", () => {
    const data = characters("abcdefgh", { steps: 3, batch: 2, carry: false, shuffle: false });
    expect([data.batch, data.batchesPerEpoch, data.dropped]).toEqual([2, 2, 0]);
    const [first, second] = epochOf(data, 0);
    expect(first).toMatchObject({ steps: 3, batch: 2, carry: false });

    expect(first!.pairs).toEqual([
      [
        [0, 1],
        [1, 2],
        [2, 3],
      ],
      [
        [3, 4],
        [4, 5],
        [5, 6],
      ],
    ]);
    expect(second).toMatchObject({ steps: 3, batch: 1, carry: false });
    expect(second!.pairs).toEqual([
      [
        [6, 7],
        [0, -1],
        [0, -1],
      ],
    ]);
  });

  test("every token but the first is a target exactly once, in any order", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 60 }),
        fc.nat(),
        (steps, batch, more, seed) => {
          const n = steps + 1 + more;
          const data = tokenStreams(count(n), { steps, batch, size: n, carry: false, seed });
          const pairs = epochOf(data, 0).flatMap((each) => each.pairs.flat());
          const counted = pairs.filter(([, target]) => target >= 0);
          expect(counted.every(([input, target]) => target === input + 1)).toBe(true);
          expect(counted.map(([, target]) => target).sort((a, b) => a - b)).toEqual([...count(n)].slice(1));
          expect(pairs.length - counted.length).toBeLessThan(steps);
        },
      ),
      { seed: 2, numRuns: 300 },
    );
  });

  test("the order depends on seed and epoch and on nothing else", () => {
    const make = (seed: number) =>
      tokenStreams(count(200), { steps: 4, batch: 3, size: 200, carry: false, seed });
    const data = make(1);
    const first = epochOf(data, 0);
    const second = epochOf(data, 1);
    expect(epochOf(make(1), 1)).toEqual(second); // without epoch 0 before it
    expect(epochOf(data, 0)).toEqual(first);
    expect(second).not.toEqual(first);
    expect(epochOf(make(2), 0)).not.toEqual(first);
    expect(epochOf(data, 1, 5)).toEqual(second.slice(5));
  });
});

describe("buffers", () => {
  test("are the same for all batches", () => {
    const data = tokenStreams(count(40), { steps: 3, batch: 2, size: 40 });
    const buffers = new Set<unknown>();
    for (let epoch = 0; epoch < 3; epoch++)
      for (const each of data.batches(epoch)) buffers.add(each).add(each.inputs.data).add(each.targets.data);
    expect(buffers.size).toBe(3);
  });

  test("an iterator whose buffers went to another epoch stops with an error", () => {
    const data = tokenStreams(count(40), { steps: 3, batch: 2, size: 40 });
    const outer = data.batches(0)[Symbol.iterator]();
    outer.next();
    expect(epochOf(data, 1).length).toBe(data.batchesPerEpoch);
    expect(() => outer.next()).toThrow(StateError);
    expect(() => outer.next()).not.toThrow(); // it has ended
  });
});

describe("refusals", () => {
  const text = "abcdefghijklmnopqrstuvwxyz";
  const cases: [string, () => unknown, ErrorCode, string][] = [
    [
      "a text shorter than one window",
      () => characters(text, { steps: 13, batch: 2 }),
      "value",
      "characters: number of characters is 26, expected at least 27 = 2 × 13 + 1: one window",
    ],
    [
      "the same, windows apart",
      () => characters(text, { steps: 26, batch: 2, carry: false }),
      "value",
      "characters: number of characters is 26, expected at least 27 = 26 + 1: one window",
    ],
    ["an empty text", () => characters("", { steps: 1, batch: 1 }), "value", 'text is ""'],
    ["no text", () => characters(7 as unknown as string, { steps: 1, batch: 1 }), "value", "text is 7"],
    [
      "T = 0",
      () => characters(text, { steps: 0, batch: 1 }),
      "option",
      "option steps is 0, expected an integer ≥ 1",
    ],
    ["B = 1.5", () => characters(text, { steps: 1, batch: 1.5 }), "option", "option batch is 1.5"],
    ["no steps", () => characters(text, { batch: 1 } as never), "option", "option steps is undefined"],
    [
      "a misspelled option",
      () => characters(text, { step: 1, batch: 1 } as never),
      "option",
      "option step is 1",
    ],
    [
      "shuffled windows with carried state",
      () => characters(text, { steps: 1, batch: 1, shuffle: true }),
      "option",
      "option shuffle is true, expected false",
    ],
    [
      "a flag that is none",
      () => characters(text, { steps: 1, batch: 1, carry: 1 } as never),
      "option",
      "option carry is 1",
    ],
    [
      "a negative seed",
      () => characters(text, { steps: 1, batch: 1, seed: -1 }),
      "option",
      "option seed is -1",
    ],
    [
      "a vocabulary that is none",
      () => characters(text, { steps: 1, batch: 1, vocabulary: "abc" as never }),
      "option",
      'option vocabulary is "abc"',
    ],
    [
      "a symbol that training did not have",
      () => characters(text, { steps: 1, batch: 1, vocabulary: vocabularyOf("abc") }),
      "value",
      'symbol at position 3 is "d" (U+0064)',
    ],
    [
      "a token out of range",
      () => tokenStreams(Int32Array.of(0, 1, 3), { steps: 1, batch: 1, size: 3 }),
      "value",
      "tokenStreams: token 2 is 3, expected an integer from 0 to 2",
    ],
    [
      "a negative token",
      () => tokenStreams(Int32Array.of(0, -1), { steps: 1, batch: 1, size: 3 }),
      "value",
      "token 1 is -1",
    ],
    [
      "a negative epoch",
      () => characters(text, { steps: 1, batch: 1 }).batches(-1),
      "option",
      "option epoch is -1",
    ],
    [
      "a start past the end",
      () => characters(text, { steps: 5, batch: 1 }).batches(0, 6),
      "option",
      "option from is 6",
    ],
  ];
  test.each(cases)("%s", (_, run, code, message) => {
    let error: unknown;
    try {
      run();
    } catch (caught) {
      error = caught;
    }
    expect(UnrollError.is(error) && error.code).toBe(code);
    expect((error as Error).message).toContain(message);
  });
});
