// The canonical order of summation, written as plainly as it can be. `round` rounds to the element type.

type Matrix = readonly (readonly number[])[];
type Round = (x: number) => number;

/** C + A·B, every element summed over k ascending. */
export function product(C: Matrix, A: Matrix, B: Matrix, round: Round): number[][] {
  return C.map((row, m) =>
    row.map((start, n) => {
      let sum = start;
      for (let k = 0; k < B.length; k++) sum = round(sum + round(A[m][k] * B[k][n]));
      return sum;
    }),
  );
}

/** C + Aᵀ·B, every element summed over the rows from the last to the first. */
export function transposedProduct(C: Matrix, A: Matrix, B: Matrix, round: Round): number[][] {
  return C.map((row, m) =>
    row.map((start, n) => {
      let sum = start;
      for (let r = B.length - 1; r >= 0; r--) sum = round(sum + round(A[r][m] * B[r][n]));
      return sum;
    }),
  );
}

/** c + column sums of A, rows from the last to the first. */
export function columnSums(c: Matrix, A: Matrix, round: Round): number[][] {
  return transposedProduct(
    c,
    A.map(() => [1]),
    A,
    round,
  );
}

export function transpose(A: Matrix, columns: number): number[][] {
  return Array.from({ length: columns }, (_, c) => A.map((row) => row[c]));
}

/** Eight partial sums by index mod 8, then ((0+1)+(2+3))+((4+5)+(6+7)), all in float64. */
export function reduction(terms: readonly number[]): number {
  const partial = [0, 0, 0, 0, 0, 0, 0, 0];
  terms.forEach((term, i) => {
    partial[i % 8] += term;
  });
  const pairs = [0, 2, 4, 6].map((i) => partial[i] + partial[i + 1]);
  return pairs[0] + pairs[1] + (pairs[2] + pairs[3]);
}

/** Softmax and its loss -log p[target] in float64, by the host's functions. */
export function softmax(z: readonly number[]): { probabilities: number[]; logOfSum: number } {
  const largest = Math.max(...z);
  const powers = z.map((x) => Math.exp(x - largest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return { probabilities: powers.map((p) => p / sum), logOfSum: largest + Math.log(sum) };
}
