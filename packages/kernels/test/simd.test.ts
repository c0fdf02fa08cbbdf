import {
  Arena,
  availableKernels,
  type ElementType,
  type Kernels,
  StateError,
  Tokens,
  View,
} from "@unroll/kernels";
import { describe, expect, test } from "vitest";

// The WebAssembly kernels against the portable ones: the same bits for every operation, at every size and offset.

const SIZES = [...Array.from({ length: 18 }, (_, n) => n), 31, 32, 33, 63, 64, 65, 127, 128, 129];

test("simd runs here: nothing below compares the portable kernels with themselves", () => {
  expect(availableKernels()).toContain("simd");
  expect(new Arena("float32").commit().kernels.kind).toBe("simd");
  expect(new Arena("float32", "portable").commit().kernels.kind).toBe("portable");
});

test("matrices and tokens of another memory are refused, since the numbers would be of the wrong place", () => {
  const arena = new Arena("float32", "simd");
  const [C, W, own] = [arena.matrix(2, 3), arena.matrix(3, 4), arena.tokens(2)];
  arena.commit();
  const foreign = new Tokens(Int32Array.of(1, 2), 0, 2);
  const outside = new View(new Float32Array(6), 0, 2, 3);
  const { kernels } = arena;
  kernels.addTokenColumns(C, own, W);
  expect(() => kernels.addTokenColumns(C, foreign, W)).toThrow(StateError);
  expect(() => kernels.scatterAddColumns(W, foreign, C)).toThrow("tokens are not of the memory");
  expect(() => kernels.softmaxCrossEntropy(C, undefined, C, foreign, undefined, 1)).toThrow(StateError);
  expect(() => kernels.add(C, outside)).toThrow("a view is not of the memory");
});

/** The same matrices in two arenas, the bytes around them filled with a guard. */
class Twins {
  readonly simd: Arena;
  readonly portable: Arena;
  readonly #views: [View, View][] = [];
  #seed = 1;

  constructor(type: ElementType) {
    this.simd = new Arena(type, "simd");
    this.portable = new Arena(type, "portable");
  }

  /** A matrix at an odd offset, with room between its rows. */
  matrix(rows: number, columns: number, gap = 0): [View, View] {
    const make = (arena: Arena): View =>
      arena.part(arena.matrix(1, (rows + 1) * (columns + gap) + 8), 3, rows, columns, columns + gap);
    const pair: [View, View] = [make(this.simd), make(this.portable)];
    this.#views.push(pair);
    return pair;
  }

  packed(inner: number, columns: number): [View, View] {
    return [this.simd.packed(inner, columns), this.portable.packed(inner, columns)];
  }

  tokens(values: number[]): [Tokens, Tokens] {
    return [this.simd, this.portable].map((arena) => arena.tokens(values.length)) as [Tokens, Tokens];
  }

  /** Fills all memory with the same numbers, about `size` large, some of them ±0. */
  commit(size = 1): void {
    this.simd.commit();
    this.portable.commit();
    for (const [a, b] of this.#views) {
      const start = a.offset - 3;
      const end = a.offset + a.rows * a.stride + a.columns + 5;
      for (let i = start; i < end; i++) {
        this.#seed = (this.#seed * 48271) % 2147483647;
        const x = this.#seed % 17 === 0 ? 0 : (this.#seed / 2147483647 - 0.5) * 2 * size;
        a.data[i] = b.data[b.offset - a.offset + i] = x;
      }
    }
  }

  /** All numbers of a pair and of what lies around it are the same. */
  expectSame([a, b]: [View, View], what: string): void {
    const count = a.rows * a.stride + a.columns + 8;
    const bits = (view: View): Uint8Array =>
      new Uint8Array(view.data.slice(view.offset - 3, view.offset - 3 + count).buffer);
    expect(Buffer.compare(bits(a), bits(b)), what).toBe(0);
  }

  both(run: (kernels: Kernels, side: 0 | 1) => void): void {
    run(this.simd.kernels, 0);
    run(this.portable.kernels, 1);
  }
}

describe.each(["float32", "float64"] as const)("%s", (type) => {
  test.each([
    ["rows", (n: number) => [n, 9, 5]],
    ["columns", (n: number) => [5, n, 6]],
    ["inner", (n: number) => [6, 11, n]],
    ["all", (n: number) => [n, n, n]],
  ])("products agree for all sizes of %s", (_, shape) => {
    for (const size of SIZES) {
      const [M, N, K] = shape(size);
      const twins = new Twins(type);
      const C = twins.matrix(M, N, 3);
      const A = twins.matrix(M, K, 1);
      const B = twins.matrix(K, N, 2);
      const Bt = twins.matrix(N, K, 2);
      const P = twins.packed(K, N);
      const sums = twins.matrix(1, N);
      const R = twins.matrix(K, M, 1);
      twins.commit();
      twins.both((k, i) => {
        k.pack(P[i], B[i]);
        k.addProduct(C[i], A[i], P[i]);
        k.packTransposed(P[i], Bt[i]);
        k.addProduct(C[i], A[i], P[i]);
        k.addTransposedProduct(C[i], R[i], B[i]);
        k.addColumnSums(sums[i], B[i]);
      });
      twins.expectSame(C, `${M}×${N}×${K}`);
      twins.expectSame(sums, `column sums of ${K}×${N}`);
    }
  });

  test("sums over more rows than one block", () => {
    for (const R of [127, 128, 129, 255, 256, 257, 700]) {
      const twins = new Twins(type);
      const C = twins.matrix(7, 150, 1);
      const A = twins.matrix(R, 7, 4);
      const B = twins.matrix(R, 150, 0);
      twins.commit();
      twins.both((k, i) => k.addTransposedProduct(C[i], A[i], B[i]));
      twins.expectSame(C, `${R} rows`);
    }
  });

  const passes: Record<string, (k: Kernels, Y: View, X: View, Z: View) => void> = {
    fill: (k, Y) => k.fill(Y, 1.25),
    copy: (k, Y, X) => k.copy(Y, X),
    add: (k, Y, X) => k.add(Y, X),
    scale: (k, Y, X) => k.scale(Y, X, 0.3),
    relu: (k, Y, X) => k.relu(Y, X),
    tanh: (k, Y, X) => k.tanh(Y, X),
    sigmoid: (k, Y, X) => k.sigmoid(Y, X),
    identityBackward: (k, Y, X, Z) => k.identityBackward(Y, X, Z),
    reluBackward: (k, Y, X, Z) => k.reluBackward(Y, X, Z),
    tanhBackward: (k, Y, X, Z) => k.tanhBackward(Y, X, Z),
    sigmoidBackward: (k, Y, X, Z) => k.sigmoidBackward(Y, X, Z),
    softmax: (k, Y, X) => k.softmax(Y, X),
    broadcastRow: (k, Y, X) => k.broadcastRow(Y, new View(X.data, X.offset, 1, X.columns)),
    inPlace: (k, Y) => k.tanh(Y, Y),
  };
  test.each(Object.entries(passes))("%s", (name, run) => {
    for (const columns of SIZES.slice(1)) {
      for (const gap of [0, 3]) {
        for (const size of [1e-32, 1, 30, 1e4]) {
          const twins = new Twins(type);
          const Y = twins.matrix(3, columns, gap);
          const X = twins.matrix(3, columns, gap);
          const Z = twins.matrix(3, columns, gap);
          twins.commit(size);
          twins.both((k, i) => run(k, Y[i], X[i], Z[i]));
          twins.expectSame(Y, `${name}, ${columns} columns, about ${size}`);
        }
      }
    }
  });

  test("special numbers take the same way", () => {
    const special = [
      0,
      -0,
      Infinity,
      -Infinity,
      Number.NaN,
      1e-40,
      -1e-40,
      5e-324,
      3.4e38,
      -3.4e38,
      88.8,
      -87.4,
      9.02,
      0.5,
    ];
    for (const [name, run] of Object.entries(passes)) {
      const twins = new Twins(type);
      const [Y, X, Z] = [0, 1, 2].map(() => twins.matrix(special.length, special.length)) as [View, View][];
      twins.commit();
      for (const side of [0, 1] as const) {
        for (const [r, x] of special.entries()) {
          for (const [c, z] of special.entries()) {
            X[side].data[X[side].offset + r * special.length + c] = x;
            Z[side].data[Z[side].offset + r * special.length + c] = z;
          }
        }
      }
      twins.both((k, i) => run(k, Y[i], X[i], Z[i]));
      for (let i = 0; i < Y[0].size; i++) {
        const [a, b] = [0, 1].map((side) => Y[side].data[Y[side].offset + i]);
        expect(Object.is(a, b), `${name} ${i}: ${a} and ${b}`).toBe(true);
      }
    }
  });

  // Without a gradient, long rows are worked out in pieces.
  test("softmax cross-entropy, with and without weights and gradients", () => {
    for (const columns of [...SIZES.slice(1), 255, 256, 257, 600]) {
      for (const size of [0.1, 5, 200]) {
        const targets = Array.from({ length: 9 }, (_, r) => (r === 4 ? -1 : r % columns));
        const twins = new Twins(type);
        const losses = twins.matrix(9, 1, 1);
        const dZ = twins.matrix(9, columns, 2);
        const Z = twins.matrix(9, columns, 1);
        const weights = twins.matrix(9, 1, 0);
        const tokens = twins.tokens(targets);
        twins.commit(size);
        for (const column of tokens) column.data.set(targets, column.offset);
        for (const side of [0, 1] as const) weights[side].data[weights[side].offset + 2] = 0;
        for (const withWeights of [false, true]) {
          for (const withGradient of [false, true]) {
            twins.both((k, i) =>
              k.softmaxCrossEntropy(
                losses[i],
                withGradient ? dZ[i] : undefined,
                Z[i],
                tokens[i],
                withWeights ? weights[i] : undefined,
                0.37,
              ),
            );
            twins.expectSame(losses, `losses of ${columns} columns`);
            twins.expectSame(dZ, `gradients of ${columns} columns`);
          }
        }
      }
    }
  });

  // A small vocabulary is turned over first, a large one is not.
  test.each([
    [13, 7],
    [41, 7],
    [64, 16],
    [64, 17],
    [9, 200],
  ])("products with one-hot rows, %i tokens of a vocabulary of %i", (R, V) => {
    for (const N of SIZES.slice(1)) {
      const values = Array.from({ length: R }, (_, r) => (r * 5) % V);
      const twins = new Twins(type);
      const C = twins.matrix(R, N, 1);
      const W = twins.matrix(N, V, 2);
      const tokens = twins.tokens(values);
      twins.commit();
      for (const column of tokens) column.data.set(values, column.offset);
      twins.both((k, i) => {
        k.addTokenColumns(C[i], tokens[i], W[i]);
        k.scatterAddColumns(W[i], tokens[i], C[i]);
      });
      twins.expectSame(C, `gather of ${N}`);
      twins.expectSame(W, `scatter of ${N}`);
    }
  });

  test("reductions", () => {
    for (const rows of [1, 2, 5]) {
      for (const columns of SIZES) {
        for (const gap of [0, 1]) {
          const twins = new Twins(type);
          const X = twins.matrix(rows, columns, gap);
          const Y = twins.matrix(rows, columns, gap);
          twins.commit();
          const results: number[][] = [];
          twins.both((k, i) => results.push([k.sum(X[i]), k.sumOfSquares(X[i]), k.dot(X[i], Y[i])]));
          expect(results[0], `${rows}×${columns}`).toStrictEqual(results[1]);
        }
      }
    }
  });

  test("the first number that is not finite", () => {
    for (const bad of [Number.NaN, Infinity, -Infinity]) {
      const twins = new Twins(type);
      const X = twins.matrix(3, 21, 2);
      twins.commit();
      const found = (): number[] => {
        const indices: number[] = [];
        twins.both((k, i) => indices.push(k.firstNonFinite(X[i])));
        return indices;
      };
      expect(found()).toEqual([-1, -1]);
      for (const index of [62, 41, 22, 20, 3, 0]) {
        for (const view of X)
          view.data[view.offset + Math.floor(index / 21) * view.stride + (index % 21)] = bad;
        expect(found()).toEqual([index, index]);
      }
    }
  });

  const rules: Record<string, (k: Kernels, theta: View, g: View, s: View, t: View, u: View) => void> = {
    sgd: (k, theta, g) => k.sgdUpdate(theta, g, 0.01, 0.1, 0.99),
    momentum: (k, theta, g, s) => k.momentumUpdate(theta, g, s, 0.01, 0.1, 0.99, 0.9, 0.7, 0.2, 0.8),
    rmsprop: (k, theta, g, s) =>
      k.rmspropUpdate(theta, g, s, undefined, undefined, 0.01, 0.1, 0.99, 0.9, 1e-8, 1e-9, 0, 0),
    "rmsprop, centered": (k, theta, g, s, t) =>
      k.rmspropUpdate(theta, g, s, t, undefined, 0.01, 0.1, 0.99, 0.9, 1e-8, 1e-9, 0, 0),
    "rmsprop with momentum": (k, theta, g, s, _t, u) =>
      k.rmspropUpdate(theta, g, s, undefined, u, 0.01, 0.1, 0.99, 0.9, 1e-8, 1e-9, 0.5, 0.4),
    "rmsprop with both": (k, theta, g, s, t, u) =>
      k.rmspropUpdate(theta, g, s, t, u, 0.01, 0.1, 0.99, 0.9, 1e-8, 1e-9, 0.5, 0.4),
    adagrad: (k, theta, g, s) => k.adagradUpdate(theta, g, s, 0.01, 0.1, 0.99, 1e-8, 1e-9),
    adam: (k, theta, g, s, t) => k.adamUpdate(theta, g, s, t, undefined, 0.01, 0.1, 0.99, 0.9, 0.999, 1e-8),
    "adam with the largest": (k, theta, g, s, t, u) =>
      k.adamUpdate(theta, g, s, t, u, 0.01, 0.1, 0.99, 0.9, 0.999, 1e-8),
  };
  test.each(Object.entries(rules))("%s", (name, rule) => {
    for (const N of SIZES.slice(1)) {
      const twins = new Twins(type);
      const vectors = [0, 1, 2, 3, 4].map(() => twins.matrix(1, N)) as [View, View][];
      twins.commit();
      for (const pair of vectors.slice(2)) {
        for (const view of pair)
          for (let i = 0; i < N; i++) view.data[view.offset + i] = Math.abs(view.data[view.offset + i]);
      }
      twins.both((k, i) => {
        const [theta, g, s, t, u] = vectors.map((pair) => pair[i]);
        for (let step = 0; step < 3; step++) rule(k, theta, g, s, t, u);
      });
      for (const pair of vectors) twins.expectSame(pair, `${name} of ${N}`);
    }
  });

  test("clamp", () => {
    for (const N of SIZES) {
      const twins = new Twins(type);
      const g = twins.matrix(1, N);
      twins.commit();
      for (const view of g) view.data[view.offset] = Number.NaN;
      const changed: number[] = [];
      twins.both((k, i) => changed.push(k.clamp(g[i], 0.3)));
      expect(changed[0]).toBe(changed[1]);
      twins.expectSame(g, `clamp of ${N}`);
    }
  });

  test("rows times factors, 0 among them", () => {
    for (const columns of SIZES.slice(1)) {
      const twins = new Twins(type);
      const Y = twins.matrix(17, columns, 2);
      const a = twins.matrix(17, 1, 1);
      twins.commit();
      for (const side of [0, 1] as const) {
        Y[side].data[Y[side].offset] = Number.NaN;
        a[side].data[a[side].offset] = 0;
      }
      twins.both((k, i) => k.scaleRows(Y[i], a[i]));
      twins.expectSame(Y, `rows of ${columns}`);
    }
  });
});
