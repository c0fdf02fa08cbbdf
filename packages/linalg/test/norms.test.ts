import { readFileSync } from "node:fs";
import { View } from "@unroll/kernels";
import {
  copyOf,
  frobeniusNorm,
  fromRows,
  infinityNorm,
  matrix,
  maxNorm,
  multiply,
  oneNorm,
  RandomState,
  scale,
  spectralNorm,
  transpose,
} from "@unroll/linalg";
import { describe, expect, it } from "vitest";

type Norms = Record<"frobenius" | "spectral" | "one" | "infinity" | "max", number>;

/** Written by spectra.py. */
const numpy = JSON.parse(readFileSync(new URL("./fixtures/spectra.json", import.meta.url), "utf8")) as {
  norms: (Norms & { seed: number; rows: number; columns: number })[];
};

const all: Record<keyof Norms, (A: View) => number> = {
  frobenius: frobeniusNorm,
  spectral: spectralNorm,
  one: oneNorm,
  infinity: infinityNorm,
  max: maxNorm,
};

describe.each(Object.entries(all) as [keyof Norms, (A: View) => number][])("the %s norm", (name, norm) => {
  it.each(numpy.norms)("is NumPy's: $rows×$columns", (expected) => {
    const { seed, rows, columns } = expected;
    const A = matrix(rows, columns, new RandomState(seed).randn(rows * columns));
    expect(Math.abs(norm(A) / expected[name] - 1)).toBeLessThan(1e-14);
    expect(norm(scale(A, -1))).toBe(norm(A));
  });

  it("reads views of any offset, stride and type", () => {
    const inside = new View(Float32Array.from(new RandomState(1).randn(80)), 5, 4, 3, 9);
    expect(norm(inside)).toBe(norm(copyOf(inside, "float64")));
  });

  it("neither overflows nor vanishes", () => {
    const A = matrix(3, 4, new RandomState(2).randn(12));
    for (const power of [2 ** 1015, 2 ** -1000]) {
      expect(Math.abs(norm(scale(A, power)) / power / norm(A) - 1)).toBeLessThan(1e-15);
    }
  });

  it("is 0 of zeros and of empty matrices", () => {
    for (const [rows, columns] of [
      [2, 2],
      [0, 0],
      [0, 3],
      [3, 0],
    ]) {
      expect(norm(matrix(rows, columns))).toBe(0);
    }
  });

  it(name === "spectral" ? "refuses what is not finite" : "is NaN if an element is NaN", () => {
    for (const at of [0, 4, 8]) {
      const A = matrix(3, 3, new RandomState(3).randn(9));
      A.data[at] = NaN;
      if (name === "spectral") expect(() => norm(A)).toThrow("spectralNorm: the matrix is NaN, row");
      else expect(norm(A)).toBeNaN();
      A.data[at] = Infinity;
      if (name === "spectral") expect(() => norm(A)).toThrow("spectralNorm: the matrix is Infinity, row");
      else expect(norm(A)).toBe(Infinity);
    }
  });
});

describe("norms of products", () => {
  it("are at most the products of the norms", () => {
    for (let seed = 0; seed < 50; seed++) {
      const random = new RandomState(seed);
      const [A, B] = [matrix(5, 7, random.randn(35)), matrix(7, 4, random.randn(28))];
      for (const norm of [frobeniusNorm, spectralNorm, oneNorm, infinityNorm]) {
        expect(norm(multiply(A, B))).toBeLessThanOrEqual(norm(A) * norm(B) * (1 + 1e-14));
      }
      expect(oneNorm(A)).toBe(infinityNorm(transpose(A)));
    }
  });

  it("‖Wⁿ‖ can grow before it vanishes: W = [[.5, 10], [0, .5]]", () => {
    const published = [10.025, 10.006, 7.502, 5.001, 3.125, 1.875, 1.094, 0.625, 0.352, 0.195, 0.107, 0.059];
    const W = fromRows([
      [0.5, 10],
      [0, 0.5],
    ]);
    let power = W;
    for (const norm of published) {
      expect(spectralNorm(power)).toBeCloseTo(norm, 3);
      power = multiply(power, W);
    }
  });
});
