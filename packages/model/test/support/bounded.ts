/** u of float32: the largest relative error of one rounding. */
const U = 2 ** -24;

/** γ_m = m u / (1 - m u). */
const gamma = (m: number): number => (m * U) / (1 - m * U);

/**
 * A matrix of true values and, element by element, the most by which a float32 program may miss them: the errors it was
 * given, and γ_{n+1} (|c| + Σ |a| |b|) for each sum c + Σ a b of n products, in any order, fused or not.
 */
export class Bounded {
  readonly rows: number;
  readonly columns: number;
  readonly value: Float64Array;
  readonly error: Float64Array;

  constructor(rows: number, columns: number, of: (r: number, c: number) => readonly [number, number]) {
    this.rows = rows;
    this.columns = columns;
    this.value = new Float64Array(rows * columns);
    this.error = new Float64Array(rows * columns);
    for (let r = 0; r < rows; r++)
      for (let c = 0; c < columns; c++) [this.value[r * columns + c], this.error[r * columns + c]] = of(r, c);
  }

  at(r: number, c: number): readonly [value: number, error: number] {
    return [this.value[r * this.columns + c], this.error[r * this.columns + c]];
  }
}

/** Numbers that are float32 already. */
export function exact(rows: number, columns: number, numbers: ArrayLike<number>): Bounded {
  return new Bounded(rows, columns, (r, c) => [numbers[r * columns + c], 0]);
}

export function transposed(A: Bounded): Bounded {
  return new Bounded(A.columns, A.rows, (r, c) => A.at(c, r));
}

/** A part of the rows. */
export function rowsOf(A: Bounded, from: number, to: number): Bounded {
  return new Bounded(to - from, A.columns, (r, c) => A.at(from + r, c));
}

/** Blocks of rows, one below the other. */
export function stacked(blocks: readonly Bounded[]): Bounded {
  const { rows, columns } = blocks[0];
  return new Bounded(rows * blocks.length, columns, (r, c) => blocks[Math.floor(r / rows)].at(r % rows, c));
}

/** C + A·B; a C of one row stands for all rows. */
export function product(A: Bounded, B: Bounded, C?: Bounded): Bounded {
  return new Bounded(A.rows, B.columns, (r, n) => {
    const [c, e] = C ? C.at(C.rows === 1 ? 0 : r, n) : [0, 0];
    let [sum, error, size] = [c, e, Math.abs(c) + e];
    for (let k = 0; k < A.columns; k++) {
      const [a, ea] = A.at(r, k);
      const [b, eb] = B.at(k, n);
      sum += a * b;
      error += Math.abs(a) * eb + ea * Math.abs(b) + ea * eb;
      size += (Math.abs(a) + ea) * (Math.abs(b) + eb);
    }
    return [sum, error + gamma(A.columns + 1) * size];
  });
}

/** f of each element, where the program's result is within `units`·u, relative, of f at its argument, and |f'| ≤ slope. */
export function mapped(A: Bounded, f: (x: number) => number, slope: number, units: number): Bounded {
  return new Bounded(A.rows, A.columns, (r, c) => {
    const [a, e] = A.at(r, c);
    const y = f(a);
    return [y, slope * e + units * U * (Math.abs(y) + slope * e)];
  });
}

/** f(a, b) of each pair by one operation, rounded once. */
function pairwise(A: Bounded, B: Bounded, f: (a: number, b: number) => number, given: Error2): Bounded {
  return new Bounded(A.rows, A.columns, (r, c) => {
    const [a, ea] = A.at(r, c);
    const [b, eb] = B.at(r, c);
    const y = f(a, b);
    const error = given(a, ea, b, eb);
    return [y, error + U * (Math.abs(y) + error)];
  });
}

type Error2 = (a: number, ea: number, b: number, eb: number) => number;

export const sum = (A: Bounded, B: Bounded): Bounded =>
  pairwise(
    A,
    B,
    (a, b) => a + b,
    (_a, ea, _b, eb) => ea + eb,
  );

export const difference = (A: Bounded, B: Bounded): Bounded =>
  pairwise(
    A,
    B,
    (a, b) => a - b,
    (_a, ea, _b, eb) => ea + eb,
  );

export const times = (A: Bounded, B: Bounded): Bounded =>
  pairwise(
    A,
    B,
    (a, b) => a * b,
    (a, ea, b, eb) => Math.abs(a) * eb + ea * Math.abs(b) + ea * eb,
  );
