import { type ElementType, UnrollError, View } from "@unroll/kernels";
import {
  add,
  column,
  copyOf,
  elementType,
  fromRows,
  identityMatrix,
  matrix,
  multiply,
  multiplyTransposed,
  RandomState,
  row,
  scale,
  subtract,
  toRows,
  transpose,
  transposedMultiply,
} from "@unroll/linalg";
import { describe, expect, it } from "vitest";

const types: ElementType[] = ["float32", "float64"];
const sizes = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33];

/** Random elements inside a larger array of NaN: offset 3, two columns more than the matrix has. */
function scattered(random: RandomState, rows: number, columns: number, type: ElementType): View {
  const length = 3 + rows * (columns + 2);
  const data = (type === "float32" ? new Float32Array(length) : new Float64Array(length)).fill(NaN);
  const view = new View(data, 3, rows, columns, columns + 2);
  random.fillNormal(view);
  return view;
}

function at(A: View, r: number, c: number): number {
  return A.data[A.offset + r * A.stride + c];
}

/** The sum of M(i, k) · N(k, j) over k in the given order, every step rounded to the type. */
function naive(
  rows: number,
  columns: number,
  order: number[],
  left: (r: number, k: number) => number,
  right: (k: number, c: number) => number,
  type: ElementType,
): number[][] {
  const round = type === "float32" ? Math.fround : (x: number) => x;
  return Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (_, c) =>
      order.reduce((sum, k) => round(sum + round(left(r, k) * right(k, c))), 0),
    ),
  );
}

const ascending = (n: number): number[] => Array.from({ length: n }, (_, k) => k);

describe.each(types)("products of %s matrices are the naive loops, bit for bit", (type) => {
  const random = new RandomState(1);
  const shapes = sizes.map((size, i) => [
    size,
    sizes[(5 * i + 3) % sizes.length],
    sizes[(3 * i + 1) % sizes.length],
  ]);

  it.each(shapes)("M, K, N = %d, %d, %d", (M, K, N) => {
    const A = scattered(random, M, K, type);
    const B = scattered(random, K, N, type);
    const Bt = scattered(random, N, K, type);
    const At = scattered(random, K, M, type);
    const k = ascending(K);
    expect(toRows(multiply(A, B))).toEqual(
      naive(
        M,
        N,
        k,
        (r, k) => at(A, r, k),
        (k, c) => at(B, k, c),
        type,
      ),
    );
    expect(toRows(multiplyTransposed(A, Bt))).toEqual(
      naive(
        M,
        N,
        k,
        (r, k) => at(A, r, k),
        (k, c) => at(Bt, c, k),
        type,
      ),
    );
    expect(toRows(transposedMultiply(At, B))).toEqual(
      naive(
        M,
        N,
        k.toReversed(),
        (r, k) => at(At, k, r),
        (k, c) => at(B, k, c),
        type,
      ),
    );
    for (const C of [multiply(A, B), multiplyTransposed(A, Bt), transposedMultiply(At, B)]) {
      expect(elementType(C)).toBe(type);
      expect([C.rows, C.columns, C.stride, C.data.length]).toEqual([M, N, N, M * N]);
    }
  });

  it("the comparison notices another order of summation and a factor that is not transposed", () => {
    const A = scattered(random, 16, 16, type);
    const B = scattered(random, 16, 16, type);
    const product = toRows(multiply(A, B));
    const descending = ascending(16).toReversed();
    expect(product).not.toEqual(
      naive(
        16,
        16,
        descending,
        (r, k) => at(A, r, k),
        (k, c) => at(B, k, c),
        type,
      ),
    );
    expect(product).not.toEqual(toRows(multiplyTransposed(A, B)));
  });
});

describe("matrix arithmetic", () => {
  const A = fromRows([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  const B = fromRows([
    [0.5, -2, 1e300],
    [0, 1e-320, 2],
  ]);

  it("adds, subtracts, scales and transposes into new matrices", () => {
    expect(toRows(add(A, B))).toEqual([
      [1.5, 0, 1e300],
      [4, 5, 8],
    ]);
    expect(toRows(subtract(A, B))).toEqual([
      [0.5, 4, -1e300],
      [4, 5, 4],
    ]);
    expect(toRows(subtract(B, B))).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(toRows(scale(A, -2))).toEqual([
      [-2, -4, -6],
      [-8, -10, -12],
    ]);
    expect(toRows(transpose(A))).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    expect(toRows(A)).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });

  it("reads views with any offset and stride", () => {
    const random = new RandomState(2);
    const X = scattered(random, 4, 3, "float32");
    const Y = scattered(random, 4, 3, "float32");
    const sum = ascending(4).map((r) => ascending(3).map((c) => Math.fround(at(X, r, c) + at(Y, r, c))));
    const difference = ascending(4).map((r) =>
      ascending(3).map((c) => Math.fround(at(X, r, c) - at(Y, r, c))),
    );
    expect(toRows(add(X, Y))).toEqual(sum);
    expect(toRows(subtract(X, Y))).toEqual(difference);
    expect(toRows(scale(X, 0.1))).toEqual(
      toRows(X).map((r) => r.map((x) => Math.fround(Math.fround(0.1) * x))),
    );
    expect(toRows(transpose(transpose(X)))).toEqual(toRows(X));
  });
});

describe("making and reading matrices", () => {
  it("makes zeros, values, identities and copies", () => {
    expect({ ...matrix(2, 3) }).toEqual({
      data: new Float64Array(6),
      offset: 0,
      rows: 2,
      columns: 3,
      stride: 3,
    });
    expect(matrix(1, 2, [0.1, 2], "float32").data).toEqual(Float32Array.of(0.1, 2));
    expect(toRows(identityMatrix(2, "float32"))).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(fromRows([]).size).toBe(0);
    expect([fromRows([[], []]).rows, fromRows([[], []]).columns]).toEqual([2, 0]);
    const X = scattered(new RandomState(3), 3, 2, "float64");
    const copy = copyOf(X, "float32");
    expect(copy.data).toEqual(Float32Array.from(toRows(X).flat()));
    expect(copyOf(X).data).toEqual(Float64Array.from(toRows(X).flat()));
    expect(copyOf(X).data).not.toBe(X.data);
  });

  it("gives rows and columns on the same memory", () => {
    const X = scattered(new RandomState(4), 3, 4, "float64");
    expect(toRows(row(X, 2))).toEqual([toRows(X)[2]]);
    expect(toRows(column(X, 3))).toEqual(toRows(X).map((values) => [values[3]]));
    column(X, 1).data[column(X, 1).offset] = 7;
    expect(at(X, 0, 1)).toBe(7);
  });

  it("does not keep the caller's values", () => {
    const values = Float64Array.of(1, 2);
    const X = matrix(1, 2, values);
    values[0] = 9;
    expect(X.data[0]).toBe(1);
  });
});

describe("refusals", () => {
  const A = matrix(4, 5);
  it.each<[string, string, () => unknown]>([
    ["shape", "multiply: B is 4×3, expected 5×…", () => multiply(A, matrix(4, 3))],
    ["shape", "multiplyTransposed: B is 5×4, expected …×5", () => multiplyTransposed(A, matrix(5, 4))],
    ["shape", "transposedMultiply: B is 5×4, expected 4×…", () => transposedMultiply(A, matrix(5, 4))],
    ["shape", "add: B is 5×4, expected 4×5", () => add(A, matrix(5, 4))],
    ["shape", "subtract: B is 4×4, expected 4×5", () => subtract(A, matrix(4, 4))],
    ["value", 'add: the element type of B is "float32"', () => add(A, matrix(4, 5, undefined, "float32"))],
    [
      "value",
      'multiply: the element type of B is "float32"',
      () => multiply(A, matrix(5, 1, undefined, "float32")),
    ],
    ["shape", "matrix: the matrix is 2×-1, expected rows×columns", () => matrix(2, -1)],
    ["shape", "matrix: the matrix is 0.5×1, expected rows×columns", () => matrix(0.5, 1)],
    ["shape", "matrix: values is 3, expected 4", () => matrix(2, 2, [1, 2, 3])],
    ["shape", "fromRows: row 1 is 1, expected 2", () => fromRows([[1, 2], [3]])],
    ["option", 'matrix: option type is "int8"', () => matrix(1, 1, undefined, "int8" as ElementType)],
    ["memory", "matrix: could not get 8000000000000 bytes", () => matrix(1e6, 1e6)],
    ["option", "row: option r is 4, expected 0 … 3", () => row(A, 4)],
    ["option", "column: option c is -1, expected 0 … 4", () => column(A, -1)],
    ["option", "row: option r is 0, expected none, it is empty", () => row(matrix(0, 3), 0)],
  ])("%s: %s", (code, message, act) => {
    let caught: unknown;
    try {
      act();
    } catch (error) {
      caught = error;
    }
    expect(UnrollError.is(caught) && caught.code).toBe(code);
    expect(String(caught)).toContain(message);
  });
});
