import { type Arena, type ElementType, type KernelKind, type Kernels, Tokens, View } from "@unroll/kernels";

/** What the laws are held against: kernels of a kind, on arenas that `arena` makes (not yet committed). */
export interface Subject {
  readonly kind: KernelKind;
  readonly type: ElementType;
  readonly arena: () => Arena;
  /** The kernels to test on a committed arena; by default its own. Planted errors come in here. */
  readonly kernels?: (arena: Arena) => Kernels;
}

/** Stands around every matrix. A source's guard is NaN, so that reading it shows in the result. */
const GUARD = -7.25e19;

const TOKENS = 256;

/**
 * Matrices in one arena at odd offsets, with gaps between rows, all surrounded by guard values.
 * `check` fails if anything outside the matrices has changed.
 */
export class Workspace {
  readonly kernels: Kernels;
  readonly type: ElementType;
  /** Rounds to the element type. */
  readonly round: (x: number) => number;
  readonly #whole: View;
  readonly #integers: Tokens;
  #cursor = 0;
  #seed = 1;
  #guards: { view: View; first: number; end: number; guard: number }[] = [];

  constructor(subject: Subject, elements = 40_000) {
    const arena = subject.arena();
    this.#whole = arena.matrix(1, elements);
    this.#integers = arena.tokens(TOKENS);
    arena.commit();
    this.kernels = subject.kernels ? subject.kernels(arena) : arena.kernels;
    this.type = subject.type;
    this.round = subject.type === "float32" ? Math.fround : (x) => x;
  }

  /** Forgets all matrices. */
  clear(): this {
    this.#cursor = 0;
    this.#guards = [];
    return this;
  }

  /** A matrix of random numbers in (-1, 1), none of them 0, to be read. */
  source(rows: number, columns: number): View {
    return this.#matrix(rows, columns, Number.NaN);
  }

  /** A matrix of random numbers to be written. */
  destination(rows: number, columns: number): View {
    return this.#matrix(rows, columns, GUARD);
  }

  /** Room for a packed operand. */
  packed(inner: number, columns: number): View {
    return this.#matrix(1, this.kernels.packedSize(inner, columns), GUARD);
  }

  /** One row that stands for `rows` rows: stride 0. */
  repeated(rows: number, columns: number): View {
    const row = this.source(1, columns);
    return new View(row.data, row.offset, rows, columns, 0);
  }

  tokens(values: readonly number[]): Tokens {
    if (values.length + 3 > TOKENS) throw new RangeError("too many tokens");
    const tokens = new Tokens(this.#integers.data, this.#integers.offset + 3, values.length);
    tokens.data.set(values, tokens.offset);
    return tokens;
  }

  /** A number of the element type in (-1, 1), not 0. */
  random(): number {
    this.#seed = (this.#seed * 48271) % 2147483647;
    return this.round((this.#seed - 1073741823.5) / 1073741823.5);
  }

  /** Fails if a number outside the matrices has changed. */
  check(what: string): void {
    for (const { view, first, end, guard } of this.#guards) {
      for (let i = first; i < end; i++) {
        const inside = i - view.offset;
        const row = Math.floor(inside / view.stride);
        if (inside >= 0 && row < view.rows && inside - row * view.stride < view.columns) continue;
        if (!Object.is(view.data[i], this.round(guard))) {
          throw new Error(`${what}: a ${view.rows}×${view.columns} matrix was left at ${inside}`);
        }
      }
    }
  }

  #matrix(rows: number, columns: number, guard: number): View {
    const first = this.#cursor;
    const gap = (rows + 3 * columns) % 4;
    const stride = columns + gap;
    const offset = first + 5 + (columns % 3);
    const end = offset + rows * stride + 9;
    if (end > this.#whole.size) throw new RangeError("the workspace is too small");
    this.#cursor = end;
    const { data, offset: start } = this.#whole;
    const view = new View(data, start + offset, rows, columns, Math.max(stride, 1));
    data.fill(guard, start + first, start + end);
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) data[view.offset + r * view.stride + c] = this.random();
    }
    this.#guards.push({ view, first: start + first, end: start + end, guard });
    return view;
  }
}

/** The matrix as rows of plain numbers. */
export function rowsOf(view: View): number[][] {
  return Array.from({ length: view.rows }, (_, r) =>
    Array.from({ length: view.columns }, (_, c) => view.data[view.offset + r * view.stride + c]),
  );
}

/** Writes rows of plain numbers into a matrix. */
export function write(view: View, rows: readonly (readonly number[])[]): View {
  rows.forEach((row, r) => {
    row.forEach((x, c) => {
      view.data[view.offset + r * view.stride + c] = x;
    });
  });
  return view;
}

/** Fails unless the matrix holds these numbers, bit for bit (NaN is NaN, -0 is not 0). */
export function same(what: string, view: View, expected: readonly (readonly number[])[]): void {
  for (let r = 0; r < view.rows; r++) {
    for (let c = 0; c < view.columns; c++) {
      const got = view.data[view.offset + r * view.stride + c];
      if (!Object.is(got, expected[r][c])) {
        throw new Error(`${what}: element (${r}, ${c}) is ${got}, expected ${expected[r][c]}`);
      }
    }
  }
}

/** Fails unless two numbers agree within `tolerance`, relative to the larger of 1 and the expected one. */
export function close(what: string, got: number, expected: number, tolerance: number): void {
  if (!(Math.abs(got - expected) <= tolerance * Math.max(1, Math.abs(expected)))) {
    throw new Error(`${what}: ${got}, expected ${expected} within ${tolerance}`);
  }
}
