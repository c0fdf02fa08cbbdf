import { readFileSync } from "node:fs";
import { UnrollError, View } from "@unroll/kernels";
import {
  type Eigenvalue,
  eigenvalues,
  fromRows,
  identityMatrix,
  matrix,
  multiply,
  multiplyTransposed,
  RandomState,
  scale,
  singularValues,
  spectralRadius,
  subtract,
  svd,
  toRows,
  transpose,
  transposedMultiply,
} from "@unroll/linalg";
import { describe, expect, it } from "vitest";
import { hard, thousand } from "./hard-matrices.ts";

/** Written by spectra.py. */
const numpy = JSON.parse(readFileSync(new URL("./fixtures/spectra.json", import.meta.url), "utf8")) as {
  general: { seed: number; n: number; eigenvalues: [number, number][] }[];
  symmetric: { seed: number; n: number; eigenvalues: [number, number][] }[];
  singular: { seed: number; rows: number; columns: number; values: number[] }[];
};

const EPSILON = 2 ** -52;

function normal(seed: number, rows: number, columns: number): View {
  return matrix(rows, columns, new RandomState(seed).randn(rows * columns));
}

/** Scaled by a power of two, so that the oracles here need not care for overflow; exact for all that matters. */
function scaledToOne(rows: number[][]): { rows: number[][]; factor: number } {
  const largest = Math.max(...rows.flat().map(Math.abs));
  if (largest === 0) return { rows, factor: 1 };
  const half = 2 ** Math.floor(-Math.log2(largest) / 2);
  return { rows: rows.map((row) => row.map((value) => value * half * half)), factor: half };
}

function norm(rows: number[][]): number {
  return Math.sqrt(rows.flat().reduce((sum, value) => sum + value * value, 0));
}

/**
 * ‖A v - λ v‖ / ‖v‖ for the best v that inverse iteration finds: Gaussian elimination in complex numbers, nothing
 * of the package.
 */
function residual(A: number[][], { re, im }: Eigenvalue): number {
  const n = A.length;
  const tiny = EPSILON * (norm(A) || 1);
  let best = Infinity;
  for (const start of [1, 2, 3]) {
    let v = A.map((_, i): [number, number] => [Math.cos(start + i * start), Math.sin(2 * start + i)]);
    for (let step = 0; step < 3; step++) {
      v = solve(
        A.map((row, r) =>
          row.map((value, c): [number, number] => (r === c ? [value - re, -im] : [value, 0])),
        ),
        v,
        tiny,
      );
      const largest = Math.max(...v.flat().map(Math.abs));
      v = v.map(([x, y]) => [x / largest, y / largest]);
      const length = Math.sqrt(v.reduce((sum, [x, y]) => sum + x * x + y * y, 0));
      v = v.map(([x, y]) => [x / length, y / length]);
      let square = 0;
      for (let r = 0; r < n; r++) {
        const [x, y] = A[r].reduce(([a, b], value, c) => [a + value * v[c][0], b + value * v[c][1]], [0, 0]);
        const [vx, vy] = v[r];
        square += (x - (re * vx - im * vy)) ** 2 + (y - (re * vy + im * vx)) ** 2;
      }
      best = Math.min(best, Math.sqrt(square));
    }
  }
  return best;
}

type Complex = [number, number];

function solve(M: Complex[][], b: Complex[], tiny: number): Complex[] {
  const n = b.length;
  const x = b.map((value): Complex => [...value]);
  const size = ([re, im]: Complex): number => re * re + im * im;
  const over = ([a, b]: Complex, [c, d]: Complex): Complex => {
    const s = c * c + d * d;
    return [(a * c + b * d) / s, (b * c - a * d) / s];
  };
  const less = (a: Complex, f: Complex, b: Complex): Complex => [
    a[0] - (f[0] * b[0] - f[1] * b[1]),
    a[1] - (f[0] * b[1] + f[1] * b[0]),
  ];
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let r = k + 1; r < n; r++) if (size(M[r][k]) > size(M[pivot][k])) pivot = r;
    [M[k], M[pivot]] = [M[pivot], M[k]];
    [x[k], x[pivot]] = [x[pivot], x[k]];
    if (size(M[k][k]) < tiny * tiny) M[k][k] = [tiny, 0];
    for (let r = k + 1; r < n; r++) {
      const factor = over(M[r][k], M[k][k]);
      for (let c = k; c < n; c++) M[r][c] = less(M[r][c], factor, M[k][c]);
      x[r] = less(x[r], factor, x[k]);
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    for (let c = k + 1; c < n; c++) x[k] = less(x[k], M[k][c], x[c]);
    x[k] = over(x[k], M[k][k]);
  }
  return x;
}

/** The largest of the residuals, in units of n ε ‖A‖: LAPACK calls a ratio below 20 or so right. */
function eigenvalueRatio(rows: number[][], values: Eigenvalue[]): number {
  const { rows: A, factor } = scaledToOne(rows);
  const unit = A.length * EPSILON * (norm(A) || 1);
  return (
    Math.max(
      ...values.map(({ re, im }) => residual(A, { re: re * factor * factor, im: im * factor * factor })),
    ) / unit
  );
}

/** ‖A - U diag(σ) Vᵀ‖, ‖UᵀU - I‖ and ‖VᵀV - I‖, in units of n ε (‖A‖). */
function decompositionRatio(rows: number[][], { U, values, V }: ReturnType<typeof svd>): number {
  const { rows: A, factor } = scaledToOne(rows);
  const k = values.length;
  const diagonal = matrix(k, k);
  for (const [i, value] of values.entries()) diagonal.data[i * k + i] = value * factor * factor;
  const rest = subtract(fromRows(A), multiplyTransposed(multiply(U, diagonal), V));
  const n = Math.max(A.length, A[0].length);
  return Math.max(
    norm(toRows(rest)) / (n * EPSILON * (norm(A) || 1)),
    norm(toRows(subtract(transposedMultiply(U, U), identityMatrix(k)))) / (n * EPSILON),
    norm(toRows(subtract(transposedMultiply(V, V), identityMatrix(k)))) / (n * EPSILON),
  );
}

describe("eigenvalues", () => {
  it.each([...numpy.general])(
    "are NumPy's: normal $n×$n, seed $seed",
    ({ seed, n, eigenvalues: expected }) => {
      const found = eigenvalues(normal(seed, n, n));
      for (const [i, { re, im }] of found.entries()) {
        expect(Math.abs(re - expected[i][0]) + Math.abs(im - expected[i][1])).toBeLessThan(1e-12);
      }
      expect(found.length).toBe(n);
    },
  );

  it.each([...numpy.symmetric])(
    "are NumPy's and real: symmetric $n×$n",
    ({ seed, n, eigenvalues: expected }) => {
      const G = normal(seed, n, n);
      const A = fromRows(toRows(G).map((row, r) => row.map((value, c) => value + G.data[c * n + r])));
      const found = eigenvalues(A);
      expect(found.every(({ im }) => im === 0)).toBe(true);
      for (const [i, { re }] of found.entries()) expect(Math.abs(re - expected[i][0])).toBeLessThan(3e-14);
    },
  );

  it.each(Object.entries(hard))("of %s solve A v = λ v", (_, rows) => {
    const found = eigenvalues(fromRows(rows));
    expect(found.length).toBe(rows.length);
    expect(found.every(({ re, im }) => Number.isFinite(re) && Number.isFinite(im))).toBe(true);
    expect(eigenvalueRatio(rows, found)).toBeLessThan(10);
  });

  it("of a thousand matrices of twelve kinds solve A v = λ v, in conjugate pairs, with their sum the trace", () => {
    for (const { name, rows } of thousand()) {
      const found = eigenvalues(fromRows(rows));
      expect(eigenvalueRatio(rows, found), name).toBeLessThan(10);
      const trace = rows.reduce((sum, row, r) => sum + row[r], 0);
      const sum = found.reduce((total, { re }) => total + re, 0);
      expect(Math.abs(sum - trace), name).toBeLessThan(1e-13 * (1 + norm(rows)));
      const upper = found.filter(({ im }) => im > 0);
      const lower = found.filter(({ im }) => im < 0);
      expect(
        lower.map(({ re, im }) => ({ re, im: -im })),
        name,
      ).toEqual(upper);
    }
  });

  it("the check notices a wrong one", () => {
    const A = normal(8, 12, 12);
    const [first, ...others] = eigenvalues(A);
    expect(eigenvalueRatio(toRows(A), [first, ...others])).toBeLessThan(10);
    expect(eigenvalueRatio(toRows(A), [{ ...first, re: first.re * (1 + 1e-11) }, ...others])).toBeGreaterThan(
      10,
    );
  });

  it("that can be read off are exact: triangular matrices, in any order of the units", () => {
    const order = new RandomState(3).permutation(9);
    const triangular = (r: number, c: number): number => (r < c ? r + c + 0.1 : r === c ? r / 7 : 0);
    const rows = Array.from(order, (r) => Array.from(order, (c) => triangular(r, c)));
    const expected = [8, 7, 6, 5, 4, 3, 2, 1, 0].map((i) => ({ re: i / 7, im: 0 }));
    expect(eigenvalues(fromRows(rows))).toEqual(expected);
    expect(spectralRadius(fromRows(hard["a Jordan block, transposed"]))).toBe(0);
    expect(spectralRadius(fromRows(hard["radius 0, norm 6"]))).toBe(0);
  });

  it("come by magnitude, then real part, then imaginary part", () => {
    const rows = [
      [-2, 0, 0, 0],
      [0, 2, 0, 0],
      [0, 0, 0, 2],
      [0, 0, -2, 0],
    ];
    expect(eigenvalues(fromRows(rows))).toEqual([
      { re: 2, im: 0 },
      { re: 0, im: 2 },
      { re: 0, im: -2 },
      { re: -2, im: 0 },
    ]);
  });

  it("have |λ| = 1 for orthogonal matrices and are those of the transpose", () => {
    for (const { name, rows } of thousand()) {
      const A = fromRows(rows);
      if (name.startsWith("orthogonal")) {
        for (const { re, im } of eigenvalues(A)) expect(Math.abs(Math.hypot(re, im) - 1)).toBeLessThan(1e-14);
      }
      if (name.startsWith("normal")) {
        expect(Math.abs(spectralRadius(A) - spectralRadius(transpose(A)))).toBeLessThan(
          1e-12 * spectralRadius(A),
        );
      }
    }
  });
});

describe("spectralRadius", () => {
  it("is the magnitude of the first eigenvalue, also where its square overflows or vanishes", () => {
    const A = normal(7, 10, 10);
    const [{ re, im }] = eigenvalues(A);
    expect(spectralRadius(A)).toBeCloseTo(Math.hypot(re, im), 14);
    for (const power of [2 ** 1000, 2 ** -1000]) {
      expect(spectralRadius(scale(A, power))).toBe(spectralRadius(A) * power);
    }
    expect(spectralRadius(matrix(0, 0))).toBe(0);
    expect(spectralRadius(fromRows([[-3]]))).toBe(3);
  });
});

describe("singularValues", () => {
  it.each([...numpy.singular])("are NumPy's: $rows×$columns", ({ seed, rows, columns, values }) => {
    const A = normal(seed, rows, columns);
    for (const found of [singularValues(A), svd(A).values]) {
      expect(found.length).toBe(values.length);
      for (const [i, value] of found.entries())
        expect(Math.abs(value - values[i])).toBeLessThan(2e-14 * values[0]);
    }
  });

  it("agree with those of svd, another algorithm, on hard matrices and a thousand others", () => {
    const matrices = [...Object.entries(hard).map(([name, rows]) => ({ name, rows })), ...thousand()];
    for (const { name, rows } of matrices) {
      const A = fromRows(rows);
      const [found, other] = [singularValues(A), svd(A).values];
      const largest = Math.max(found[0], other[0]);
      for (const [i, value] of found.entries()) {
        expect(Math.abs(value - other[i]), name).toBeLessThanOrEqual(20 * EPSILON * largest);
      }
      expect(Array.from(found), name).toEqual(Array.from(found).sort((a, b) => b - a));
    }
  });

  it("are exact for diagonal matrices", () => {
    const rows = [
      [0, 0, 0],
      [0, -3, 0],
      [0, 0, 0.125],
      [0, 0, 0],
    ];
    expect(Array.from(singularValues(fromRows(rows)))).toEqual([3, 0.125, 0]);
    expect(Array.from(singularValues(transpose(fromRows(rows))))).toEqual([3, 0.125, 0]);
  });
});

describe("svd", () => {
  it.each(Object.entries(hard))("of %s multiplies to A with orthonormal U and V", (_, rows) => {
    expect(decompositionRatio(rows, svd(fromRows(rows)))).toBeLessThan(10);
  });

  it("of a thousand matrices of twelve kinds multiplies to A with orthonormal U and V", () => {
    for (const { name, rows } of thousand())
      expect(decompositionRatio(rows, svd(fromRows(rows))), name).toBeLessThan(10);
  });

  it.each([
    [1, 6],
    [6, 1],
    [9, 4],
    [4, 9],
    [40, 25],
    [25, 40],
  ])("of %d×%d is thin, also of low rank", (rows, columns) => {
    for (const rank of [1, 3, Math.min(rows, columns)]) {
      const A = multiply(normal(rank, rows, rank), normal(rank + 9, rank, columns));
      const found = svd(A);
      const k = Math.min(rows, columns);
      expect([found.U.rows, found.U.columns, found.V.rows, found.V.columns]).toEqual([rows, k, columns, k]);
      expect(decompositionRatio(toRows(A), found)).toBeLessThan(10);
      expect(found.values.filter((value) => value > 1e-12 * found.values[0]).length).toBe(Math.min(rank, k));
    }
  });

  it("the check notices a wrong sign and a wrong value", () => {
    const A = normal(5, 9, 6);
    const { U, values, V } = svd(A);
    expect(decompositionRatio(toRows(A), { U, values, V })).toBeLessThan(10);
    U.data[10] = -U.data[10];
    expect(decompositionRatio(toRows(A), { U, values, V })).toBeGreaterThan(10);
    U.data[10] = -U.data[10];
    values[5] *= 1 + 1e-10;
    expect(decompositionRatio(toRows(A), { U, values, V })).toBeGreaterThan(10);
  });
});

describe("all of them", () => {
  it("scale with powers of two, bit for bit", () => {
    const A = normal(4, 9, 9);
    for (const power of [2 ** 900, 2 ** -900, 4]) {
      const B = scale(A, power);
      expect(eigenvalues(B)).toEqual(
        eigenvalues(A).map(({ re, im }) => ({ re: re * power, im: im * power })),
      );
      expect(singularValues(B)).toEqual(singularValues(A).map((value) => value * power));
      const [a, b] = [svd(A), svd(B)];
      expect([b.U.data, b.V.data, b.values]).toEqual([
        a.U.data,
        a.V.data,
        a.values.map((value) => value * power),
      ]);
    }
  });

  it("keep of denormal numbers what these can hold", () => {
    const integers = normal(3, 5, 5).data.map((value) => Math.round(1000 * value));
    const small = integers.map((value) => value * 5e-324);
    const [A, B] = [matrix(5, 5, integers), matrix(5, 5, small)];
    const close = (x: number, y: number): void =>
      expect(Math.abs(x - y * 5e-324)).toBeLessThanOrEqual(5e-324);
    for (const [i, { re, im }] of eigenvalues(B).entries()) {
      close(re, eigenvalues(A)[i].re);
      close(im, eigenvalues(A)[i].im);
    }
    for (const [i, value] of singularValues(B).entries()) close(value, singularValues(A)[i]);
    for (const [i, value] of svd(B).values.entries()) close(value, svd(A).values[i]);
  });

  it("read views of any offset, stride and type, and leave them", () => {
    const data = new RandomState(1).randn(200).map(Math.fround);
    const inside = new View(Float32Array.from(data), 7, 6, 6, 11);
    const copy = fromRows(toRows(inside));
    expect(eigenvalues(inside)).toEqual(eigenvalues(copy));
    expect(singularValues(inside)).toEqual(singularValues(copy));
    expect(svd(inside).U.data).toEqual(svd(copy).U.data);
    expect(inside.data).toEqual(Float32Array.from(data));
  });

  it("know empty matrices", () => {
    expect(eigenvalues(matrix(0, 0))).toEqual([]);
    expect(singularValues(matrix(0, 3)).length).toBe(0);
    expect(svd(matrix(3, 0)).U.rows).toBe(3);
  });

  it.each([
    ["eigenvalues", eigenvalues],
    ["spectralRadius", spectralRadius],
    ["singularValues", singularValues],
    ["svd", svd],
  ] as [string, (A: View) => unknown][])("%s names the place of what is not finite", (where, run) => {
    for (const bad of [NaN, Infinity, -Infinity]) {
      const A = normal(1, 4, 4);
      A.data[9] = bad;
      let caught: unknown;
      try {
        run(A);
      } catch (error) {
        caught = error;
      }
      expect(UnrollError.is(caught) && caught.code).toBe("non-finite");
      expect(String(caught)).toContain(`${where}: the matrix is ${bad}, row 2, column 1`);
    }
  });

  it("eigenvalues and spectralRadius refuse what is not square", () => {
    expect(() => eigenvalues(matrix(2, 3))).toThrow("eigenvalues: the matrix is 2×3, expected n×n");
    expect(() => spectralRadius(matrix(3, 2))).toThrow("spectralRadius: the matrix is 3×2, expected n×n");
  });
});
