import { View } from "@unroll/kernels";
import { fromRows, multiply, multiplyTransposed, orthogonal, RandomState, toRows } from "@unroll/linalg";

/** Matrices on which iterations are known to run in circles, to overflow, or to divide by 0. */
export const hard: Record<string, number[][]> = {
  "a 1×1 zero": [[0]],
  zeros: square(4, () => 0),
  "an identity": square(5, (r, c) => (r === c ? 1 : 0)),
  "a Jordan block": square(8, (r, c) => (c === r + 1 ? 1 : 0)),
  "a Jordan block, transposed": square(8, (r, c) => (r === c + 1 ? 1 : 0)),
  "a Jordan block of 2": square(5, (r, c) => (r === c ? 2 : c === r + 1 ? 1 : 0)),
  "a cycle of 4": square(4, (r, c) => (c === (r + 1) % 4 ? 1 : 0)),
  "a cycle of 7": square(7, (r, c) => (c === (r + 1) % 7 ? 1 : 0)),
  "a cycle with one tiny link": square(11, (r, c) => (c === (r + 1) % 11 ? (r === 10 ? 1e-161 : 1) : 0)),
  "integers on which a library never ends": [
    [-1, -1, 0, 1],
    [0, 1, 0, 0],
    [0, -1, -1, 1],
    [-1, -1, -1, -1],
  ],
  "radius 0, norm 6": [
    [3, 3],
    [-3, -3],
  ],
  "a rotation": [
    [0, 1],
    [-1, 0],
  ],
  "an exchange": square(6, (r, c) => (r + c === 5 ? 1 : 0)),
  "Hadamard's": square(8, (r, c) => 1 - 2 * (bits(r & c) % 2)),
  "Hilbert's": square(9, (r, c) => 1 / (r + c + 1)),
  ones: square(7, () => 1),
  "rank 1, not symmetric": square(6, (r, c) => (r - 2) * (c + 1)),
  "a companion of (x - 1)^6": square(6, (r, c) =>
    r === 0 ? [6, -15, 20, -15, 6, -1][c] : r === c + 1 ? 1 : 0,
  ),
  "Wilkinson's": square(21, (r, c) => (r === c ? Math.abs(r - 10) : Math.abs(r - c) === 1 ? 1 : 0)),
  "Frank's": square(10, (r, c) => (r > c + 1 ? 0 : 10 - Math.max(r, c))),
  "widely graded": square(6, (r, c) => 10 ** (-20 * r + 15 * c) * (r === c ? 1 : 0.5)),
  "nearly the smallest numbers": square(4, (r, c) => 2e-308 * (1 + ((r * 3 + c * 5) % 7))),
  "nearly the largest numbers": square(4, (r, c) => 4e307 * (((r * 3 + c * 5) % 7) / 3 - 1)),
  "huge beside tiny": [
    [1e300, 1],
    [1e-300, 1e-310],
  ],
  "nearly all tiny": square(9, (r, c) => ((r * 5 + c * 3) % 4 === 0 ? 0 : 10 ** -((r * 97 + c * 61) % 300))),
};

/** A thousand random matrices of n ≤ 12, of twelve kinds. */
export function* thousand(): Generator<{ name: string; rows: number[][] }> {
  const random = new RandomState(2027);
  const kinds: [string, (n: number) => number[][]][] = [
    ["normal", (n) => square(n, () => random.normal())],
    ["symmetric", (n) => symmetric(square(n, () => random.normal()))],
    ["small integers", (n) => square(n, () => random.randint(-1, 2))],
    [
      "signed permutation",
      (n) => {
        const order = random.permutation(n);
        return square(n, (r, c) => (order[r] === c ? 2 * random.randint(0, 2) - 1 : 0));
      },
    ],
    ["strictly triangular", (n) => square(n, (r, c) => (c > r ? random.randint(-2, 3) : 0))],
    [
      "triangular with equal eigenvalues",
      (n) => square(n, (r, c) => (c > r ? random.randint(-2, 3) : r === c ? 1 : 0)),
    ],
    [
      "rank 1",
      (n) => {
        const [a, b] = [random.randn(n), random.randn(n)];
        return square(n, (r, c) => a[r] * b[c]);
      },
    ],
    ["companion", (n) => square(n, (r, c) => (r === c + 1 ? 1 : c === n - 1 ? random.randint(-2, 3) : 0))],
    ["mostly zeros", (n) => square(n, () => (random.random() < 0.2 ? random.randint(-2, 3) : 0))],
    ["of all magnitudes", (n) => square(n, () => random.normal() * 10 ** -random.randint(0, 150))],
    ["orthogonal", (n) => toRows(haar(n, random))],
    [
      "defective in another basis",
      (n) => {
        const Q = haar(n, random);
        const J = fromRows(square(n, (r, c) => (c === r + 1 && random.random() < 0.8 ? 1 : 0)));
        return toRows(multiplyTransposed(multiply(Q, J), Q));
      },
    ],
  ];
  for (let i = 0; i < 1000; i++) {
    const [name, make] = kinds[i % kinds.length];
    const n = random.randint(1, 13);
    yield { name: `${name} ${n}×${n} (${i})`, rows: make(n) };
  }
}

function square(n: number, element: (row: number, column: number) => number): number[][] {
  return Array.from({ length: n }, (_, r) => Array.from({ length: n }, (_, c) => element(r, c)));
}

function symmetric(rows: number[][]): number[][] {
  return rows.map((row, r) => row.map((value, c) => (r <= c ? value : rows[c][r])));
}

function haar(n: number, random: RandomState): View {
  const Q = new View(new Float64Array(n * n), 0, n, n);
  orthogonal()(Q, random);
  return Q;
}

function bits(n: number): number {
  return n === 0 ? 0 : (n & 1) + bits(n >> 1);
}
