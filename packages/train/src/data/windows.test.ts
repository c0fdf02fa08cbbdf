import { type ErrorCode, UnrollError, View } from "@unroll/kernels";
import type { Batch } from "@unroll/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Dataset } from "./dataset.ts";
import { type WindowOptions, windows } from "./windows.ts";

/** Entry (r, c) is 10 r + c + 1: its row can be read from its value, and 0 means padding. */
function ramp(rows: number, columns: number): View {
  const data = Float64Array.from({ length: rows * columns }, (_, i) => {
    return 10 * Math.floor(i / columns) + (i % columns) + 1;
  });
  return new View(data, 0, rows, columns);
}

interface Step {
  readonly input: number[];
  readonly target: number[];
  readonly weight: number;
}

function stepsOf({ steps, batch, inputs, targets, weights }: Batch): Step[][] {
  const row = (rows: View, r: number) => [...rows.data.subarray(r * rows.columns, (r + 1) * rows.columns)];
  return Array.from({ length: batch }, (_, b) =>
    Array.from({ length: steps }, (_, t) => ({
      input: row(inputs as View, t * batch + b),
      target: row(targets as View, t * batch + b),
      weight: weights ? (weights.data[t * batch + b] as number) : 1,
    })),
  );
}

function epochOf(data: Dataset, epoch: number): { batch: Batch; sequences: Step[][] }[] {
  const all: { batch: Batch; sequences: Step[][] }[] = [];
  for (const batch of data.batches(epoch)) all.push({ batch: { ...batch }, sequences: stepsOf(batch) });
  return all;
}

test("a small series, by hand", () => {
  const data = windows(ramp(8, 2), { steps: 3, batch: 2, shuffle: false, targetColumns: [1] });
  expect([data.steps, data.batch, data.batchesPerEpoch, data.inputSize, data.targetSize]).toEqual([
    3, 2, 2, 2, 1,
  ]);
  const [first, second] = epochOf(data, 0);
  expect(first!.batch.weights).toBeUndefined();
  expect(first!.sequences).toEqual([
    [
      { input: [1, 2], target: [12], weight: 1 },
      { input: [11, 12], target: [22], weight: 1 },
      { input: [21, 22], target: [32], weight: 1 },
    ],
    [
      { input: [31, 32], target: [42], weight: 1 },
      { input: [41, 42], target: [52], weight: 1 },
      { input: [51, 52], target: [62], weight: 1 },
    ],
  ]);
  expect(second!.batch.batch).toBe(1);
  expect(second!.sequences).toEqual([
    [
      { input: [61, 62], target: [72], weight: 1 },
      { input: [0, 0], target: [0], weight: 0 },
      { input: [0, 0], target: [0], weight: 0 },
    ],
  ]);
});

test("scored at the last step only", () => {
  const data = windows(ramp(6, 1), {
    steps: 3,
    batch: 3,
    stride: 1,
    horizon: 2,
    scored: "last-step",
    shuffle: false,
  });
  const [all] = epochOf(data, 0);
  expect(all!.sequences.map((steps) => steps.map((step) => step.weight))).toEqual([
    [0, 0, 1],
    [0, 0, 1],
  ]);
  expect(all!.sequences.map((steps) => steps[2])).toEqual([
    { input: [21], target: [41], weight: 1 },
    { input: [31], target: [51], weight: 1 },
  ]);
});

const shapes = fc.record({
  steps: fc.integer({ min: 1, max: 7 }),
  batch: fc.integer({ min: 1, max: 5 }),
  horizon: fc.integer({ min: 1, max: 4 }),
  stride: fc.integer({ min: 1, max: 9 }),
  more: fc.integer({ min: 0, max: 30 }),
  seed: fc.nat(),
});

test("no leakage: the target is the horizon later, and padding has weight 0", () => {
  fc.assert(
    fc.property(shapes, ({ steps, batch, horizon, stride, more, seed }) => {
      const data = windows(ramp(steps + horizon + more, 1), { steps, batch, horizon, stride, seed });
      for (const { sequences } of epochOf(data, 0)) for (const each of sequences) checkWindow(each, horizon);
    }),
    { seed: 1, numRuns: 300 },
  );
});

test("the check above notices planted errors", () => {
  const data = windows(ramp(11, 1), { steps: 4, batch: 1, horizon: 2, shuffle: false });
  const planted: ((window: Step[]) => void)[] = [
    (window) => (window[2]!.target[0] = window[2]!.input[0]!), // the target itself is read
    (window) => (window[1]!.target[0]! -= 10), // one row early
    (window) => ((window[3] as { weight: number }).weight = 0), // a step that is lost
    (window) => (window[0]!.input[0] = 0), // padding that counts
    (window) => window.reverse(),
  ];
  for (const plant of planted) {
    const window = epochOf(data, 0)[0]!.sequences[0]!;
    checkWindow(window, 2);
    plant(window);
    expect(() => checkWindow(window, 2)).toThrow();
  }
});

function checkWindow(window: Step[], horizon: number): void {
  const first = window[0]!.input[0]!;
  expect(first).toBeGreaterThan(0);
  let padding = false;
  for (const [t, { input, target, weight }] of window.entries()) {
    padding ||= input[0] === 0;
    expect(input[0]).toBe(padding ? 0 : first + 10 * t);
    expect(target[0]).toBe(padding ? 0 : first + 10 * (t + horizon));
    expect(weight).toBe(padding ? 0 : 1);
  }
}

test("every row from the horizon on is a target: once with stride T, at least once below", () => {
  fc.assert(
    fc.property(shapes, ({ steps, batch, horizon, stride, more, seed }) => {
      const rows = steps + horizon + more;
      const step = Math.min(stride, steps);
      const data = windows(ramp(rows, 1), { steps, batch, horizon, stride: step, seed });
      const counts = new Map<number, number>();
      for (const { sequences } of epochOf(data, 0))
        for (const { target, weight } of sequences.flat())
          if (weight > 0) counts.set(target[0]!, (counts.get(target[0]!) ?? 0) + 1);
      expect([...counts.keys()].sort((a, b) => a - b)).toEqual(
        Array.from({ length: rows - horizon }, (_, i) => 10 * (i + horizon) + 1),
      );
      if (step === steps) expect(new Set(counts.values())).toEqual(new Set([1]));
    }),
    { seed: 2, numRuns: 300 },
  );
});

test("several series: every row of each is a target, and no window reaches from one into another", () => {
  const several = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(shapes, several, ({ steps, batch, horizon, stride, seed }, more) => {
      const all = more.map((rows, i) => {
        const series = ramp(steps + horizon + rows, 1);
        for (let r = 0; r < series.rows; r++) series.data[r]! += 1e6 * i;
        return series;
      });
      const data = windows(all, { steps, batch, horizon, stride: Math.min(stride, steps), seed });
      const reached = new Set<number>();
      let count = 0;
      for (const { sequences } of epochOf(data, 0))
        for (const window of sequences) {
          checkWindow(window, horizon); // a target in another series would be a million away
          for (const { target, weight } of window) if (weight > 0) reached.add(target[0]!);
          count++;
        }
      expect(count).toBe(all.reduce((sum, each) => sum + windowsOf(each), 0));
      expect(reached.size).toBe(all.reduce((sum, { rows }) => sum + rows - horizon, 0));

      function windowsOf(each: View): number {
        const alone = windows(each, { steps, batch: 1, horizon, stride: Math.min(stride, steps) });
        return alone.batchesPerEpoch;
      }
    }),
    { seed: 3, numRuns: 200 },
  );
});

test("one series in a list is the same as alone", () => {
  const options = { steps: 3, batch: 2, stride: 2, seed: 4 };
  expect(epochOf(windows([ramp(12, 2)], options), 1)).toEqual(epochOf(windows(ramp(12, 2), options), 1));
});

test("columns are chosen in the order given, from a slice of a wider matrix", () => {
  const wide = ramp(5, 4);
  const slice = new View(wide.data, 1, 5, 3, 4); // columns 1, 2, 3
  const data = windows(slice, { steps: 4, batch: 1, inputColumns: [2, 0], targetColumns: [1, 1] });
  expect(epochOf(data, 0)[0]!.sequences[0]![0]).toEqual({ input: [4, 2], target: [13, 13], weight: 1 });
});

test("the order depends on seed and epoch, and the type may be changed", () => {
  const make = (seed: number, more: Partial<WindowOptions> = {}) =>
    windows(ramp(60, 1), { steps: 2, batch: 4, stride: 1, seed, ...more });
  const order = (data: Dataset, epoch: number) => epochOf(data, epoch).flatMap((each) => each.sequences);
  expect(order(make(1), 3)).toEqual(order(make(1), 3));
  expect(order(make(1), 3)).not.toEqual(order(make(1), 2));
  expect(order(make(1), 3)).not.toEqual(order(make(2), 3));
  const [first] = make(1, { type: "float32" }).batches(0);
  expect(first!.inputs.data).toBeInstanceOf(Float32Array);
  const [exact] = make(1).batches(0);
  expect(exact!.inputs.data).toBeInstanceOf(Float64Array);
});

test("buffers are the same for all batches", () => {
  const data = windows(ramp(60, 1), { steps: 7, batch: 4, stride: 5 });
  const buffers = new Set<unknown>();
  for (const epoch of [0, 1])
    for (const { inputs, targets, weights } of data.batches(epoch)) {
      buffers.add(inputs.data).add(targets.data);
      if (weights) buffers.add(weights.data);
    }
  expect(buffers.size).toBe(3);
});

describe("refusals", () => {
  const series = ramp(10, 2);
  const broken = (row: number, column: number, value: number) => {
    const copy = ramp(10, 2);
    copy.data[row * 2 + column] = value;
    return copy;
  };
  const base = { steps: 3, batch: 2 };
  const cases: [string, () => unknown, ErrorCode, string][] = [
    [
      "NaN",
      () => windows(broken(4, 1, Number.NaN), base),
      "non-finite",
      "windows: series is NaN, row 4, column 1",
    ],
    [
      "infinity",
      () => windows(broken(9, 0, -1 / 0), base),
      "non-finite",
      "series is -Infinity, row 9, column 0",
    ],
    [
      "a series shorter than one window",
      () => windows(series, { ...base, steps: 8, horizon: 3 }),
      "value",
      "number of rows is 10, expected at least 11 = 8 steps + horizon 3: one window",
    ],
    ["no rows", () => windows(ramp(0, 2), base), "value", "number of rows is 0"],
    ["no columns", () => windows(ramp(3, 0), base), "shape", "series is 3×0, expected 3×at least 1 column"],
    [
      "a view past its data",
      () => windows(new View(series.data, 1, 10, 2), base),
      "value",
      "length of the data",
    ],
    ["no series", () => windows([], base), "value", "number of series is 0, expected at least 1"],
    [
      "NaN in the second of two series",
      () => windows([series, broken(4, 1, Number.NaN)], base),
      "non-finite",
      "windows: series 1 is NaN, row 4, column 1",
    ],
    [
      "a second series that is too short",
      () => windows([series, ramp(3, 2)], base),
      "value",
      "number of rows of series 1 is 3, expected at least 4 = 3 steps + horizon 1: one window",
    ],
    [
      "a second series of another width",
      () => windows([series, ramp(10, 3)], base),
      "shape",
      "series 1 is 10×3, expected 10×2",
    ],
    ["horizon 0", () => windows(series, { ...base, horizon: 0 }), "option", "option horizon is 0"],
    ["stride 0", () => windows(series, { ...base, stride: 0 }), "option", "option stride is 0"],
    ["T = 0", () => windows(series, { ...base, steps: 0 }), "option", "option steps is 0"],
    ["B = 0", () => windows(series, { ...base, batch: 0 }), "option", "option batch is 0"],
    [
      "a column that is not there",
      () => windows(series, { ...base, targetColumns: [0, 2] }),
      "option",
      "option targetColumns[1] is 2, expected an integer from 0 to 1",
    ],
    [
      "no column",
      () => windows(series, { ...base, inputColumns: [] }),
      "option",
      "option inputColumns is []",
    ],
    [
      "an unknown word",
      () => windows(series, { ...base, scored: "last" as never }),
      "option",
      'option scored is "last"',
    ],
    [
      "an unknown type",
      () => windows(series, { ...base, type: "float16" as never }),
      "option",
      'option type is "float16"',
    ],
    [
      "an unknown option",
      () => windows(series, { ...base, offset: 1 } as never),
      "option",
      "option offset is 1",
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
