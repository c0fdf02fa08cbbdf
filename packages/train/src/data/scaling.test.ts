import { View } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";
import { describe, expect, test } from "vitest";
import { type Scaling, scaleColumns, standardScaling, unscaleColumns } from "./scaling.ts";

const X = new View(Float64Array.of(1, 10, 3, 10, 5, 10, 1000, -7), 0, 4, 2);

test("mean and standard deviation by hand, a constant column keeps its unit", () => {
  const scaling = standardScaling(X, { to: 3 });
  expect(scaling.shift[0]).toBeCloseTo(3, 14);
  expect(scaling.scale[0]).toBeCloseTo(Math.sqrt(8 / 3), 14);
  expect(scaling.shift[1]).toBeCloseTo(10, 14);
  expect(scaling.scale[1]).toBe(1);
});

test("no leakage: rows it is not fitted on may be anything", () => {
  const random = new RandomState(1);
  const a = new View(Float64Array.from(random.randn(200)), 0, 100, 2);
  const b = new View(a.data.slice(), 0, 100, 2);
  b.data.fill(1e9, 2 * 70);
  expect(standardScaling(b, { to: 70 })).toEqual(standardScaling(a, { to: 70 }));
  expect(standardScaling(b, { to: 71 })).not.toEqual(standardScaling(a, { to: 71 }));
  expect(standardScaling(b, { from: 1, to: 70 })).not.toEqual(standardScaling(a, { to: 70 }));
});

test("scaled columns have mean 0 and standard deviation 1, and come back", () => {
  const random = new RandomState(2);
  const data = Float64Array.from(
    random.randn(3 * 500),
    (x, i) => [5, -2000, 1e-3][i % 3]! + x * [1, 300, 1e-5][i % 3]!,
  );
  const wide = new View(data, 0, 500, 2, 3); // the first two of three columns
  const scaling = standardScaling(wide);
  const Z = scaleColumns(wide, scaling);
  for (const c of [0, 1]) {
    const column = Array.from({ length: 500 }, (_, r) => Z.data[2 * r + c]!);
    expect(column.reduce((sum, z) => sum + z, 0) / 500).toBeCloseTo(0, 10);
    expect(column.reduce((sum, z) => sum + z * z, 0) / 500).toBeCloseTo(1, 10);
  }
  const back = unscaleColumns(Z, scaling);
  for (let r = 0; r < 500; r++) expect(back.data[2 * r + 1]).toBeCloseTo(data[3 * r + 1]!, 9);
});

test("it survives JSON, and float32 stays float32", () => {
  const narrow = new View(Float32Array.of(1, 2, 3), 0, 3, 1);
  const scaling = JSON.parse(JSON.stringify(standardScaling(narrow))) as Scaling;
  expect(scaleColumns(narrow, scaling).data).toBeInstanceOf(Float32Array);
  for (const [i, x] of unscaleColumns(scaleColumns(narrow, scaling), scaling).data.entries())
    expect(Math.abs(x - (i + 1))).toBeLessThan(2 ** -22);
});

describe("refusals", () => {
  test.each<[string, () => unknown, string]>([
    ["no rows", () => standardScaling(X, { from: 4 }), "number of rows is 0, expected at least 1"],
    ["rows that are not there", () => standardScaling(X, { to: 5 }), "option to is 5"],
    ["a wrong order", () => standardScaling(X, { from: 3, to: 2 }), "option to is 2"],
    ["an unknown option", () => standardScaling(X, { rows: 3 } as never), "option rows is 3"],
    [
      "NaN",
      () => standardScaling(new View(Float64Array.of(1, Number.NaN), 0, 2, 1)),
      "standardScaling: X is NaN, row 1, column 0",
    ],
    [
      "another number of columns",
      () => scaleColumns(X, { shift: [0], scale: [1] }),
      "scaleColumns: X is 4×2, expected 4×1",
    ],
  ])("%s", (_, run, message) => {
    expect(run).toThrow(message);
  });
});
