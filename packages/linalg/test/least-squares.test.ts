import { readFileSync } from "node:fs";
import { type UnrollError, View } from "@unroll/kernels";
import {
  fromRows,
  leastSquares,
  matrix,
  multiply,
  RandomState,
  toRows,
  transposedMultiply,
} from "@unroll/linalg";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

interface Case {
  readonly seed: number;
  readonly rows: number;
  readonly columns: number;
  readonly right: number;
  readonly rank: number | null;
  readonly scale: number;
  readonly x: number[][];
}

const numpy = JSON.parse(
  readFileSync(new URL("./fixtures/least-squares.json", import.meta.url), "utf8"),
) as Case[];

function normal(random: RandomState, rows: number, columns: number): View {
  return matrix(rows, columns, random.randn(rows * columns));
}

test.each(numpy)("NumPy's lstsq: $rows×$columns, rank $rank, scale $scale", (each) => {
  const { seed, rows, columns, right, rank, scale, x } = each;
  const random = new RandomState(seed);
  const A =
    rank === null
      ? normal(random, rows, columns)
      : multiply(normal(random, rows, rank), normal(random, rank, columns));
  for (let i = 0; i < A.data.length; i++) A.data[i]! *= scale;
  const X = leastSquares(A, normal(random, rows, right));
  const size = Math.max(...x.flat().map(Math.abs));
  toRows(X)
    .flat()
    .forEach((value, i) => {
      expect(Math.abs(value - x.flat()[i]!)).toBeLessThanOrEqual(1e-12 * size);
    });
});

test("what is left over is orthogonal to the columns, for any shape", () => {
  const shapes = fc.record({
    rows: fc.integer({ min: 1, max: 20 }),
    columns: fc.integer({ min: 1, max: 20 }),
    right: fc.integer({ min: 1, max: 3 }),
    seed: fc.nat(),
  });
  fc.assert(
    fc.property(shapes, ({ rows, columns, right, seed }) => {
      const random = new RandomState(seed % 2 ** 32);
      const [A, B] = [normal(random, rows, columns), normal(random, rows, right)];
      const X = leastSquares(A, B);
      const left = multiply(A, X);
      for (let i = 0; i < left.data.length; i++) left.data[i]! -= B.data[i]!;
      const size = Math.max(1, ...X.data.map(Math.abs));
      for (const value of transposedMultiply(A, left).data)
        expect(Math.abs(value)).toBeLessThan(1e-11 * size * rows);
    }),
    { seed: 1, numRuns: 200 },
  );
});

test("a planted error is noticed: one wrong weight leaves something that is not orthogonal", () => {
  const random = new RandomState(3);
  const [A, B] = [normal(random, 9, 3), normal(random, 9, 1)];
  const X = leastSquares(A, B);
  X.data[1]! += 1e-6;
  const left = multiply(A, X);
  for (let i = 0; i < left.data.length; i++) left.data[i]! -= B.data[i]!;
  expect(Math.max(...transposedMultiply(A, left).data.map(Math.abs))).toBeGreaterThan(1e-9);
});

test("columns that depend on each other share the weight, zeros get none", () => {
  const A = fromRows([
    [1, 1, 0],
    [2, 2, 0],
    [3, 3, 0],
  ]);
  const X = leastSquares(A, fromRows([[2], [4], [6]]));
  expect(Array.from(X.data, (x) => +x.toFixed(14))).toEqual([1, 1, 0]);
  expect([...leastSquares(matrix(3, 2), A).data]).toEqual([0, 0, 0, 0, 0, 0]);
});

test("views with offset and stride, and float32, are read as they stand", () => {
  const data = Float32Array.of(9, 9, 1, 2, 9, 3, 5, 9);
  const A = new View(data, 2, 2, 2, 3);
  const X = leastSquares(A, fromRows([[1], [2]]));
  expect(Array.from(X.data, (x) => +x.toFixed(12))).toEqual([-1, 1]);
});

test("a cutoff drops weak directions", () => {
  const A = fromRows([
    [1, 0],
    [0, 1e-3],
  ]);
  const B = fromRows([[1], [1]]);
  expect(Math.round(leastSquares(A, B).data[1]!)).toBe(1000);
  expect(leastSquares(A, B, { cutoff: 0.01 }).data[1]).toBe(0);
});

describe("refusals", () => {
  const A = fromRows([[1, 2]]);
  test.each<[string, () => unknown, string]>([
    ["other rows", () => leastSquares(A, matrix(2, 1)), "leastSquares: B is 2×1, expected 1×…"],
    [
      "NaN",
      () => leastSquares(fromRows([[1, Number.NaN]]), matrix(1, 1)),
      "leastSquares: the matrix is NaN, row 0, column 1",
    ],
    ["a cutoff", () => leastSquares(A, matrix(1, 1), { cutoff: 1 }), "option cutoff is 1"],
  ])("%s", (_, run, message) => {
    expect(run).toThrow(
      expect.objectContaining<Partial<UnrollError>>({ message: expect.stringContaining(message) }),
    );
  });
});
