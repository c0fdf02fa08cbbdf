import { type Arena, isTokens, type Rows } from "@unroll/kernels";

/** Rows in an arena of which one stretch at a time is looked at. */
export class RowRoom<R extends Rows> {
  readonly #rows: R;
  readonly #start: number;

  constructor(rows: R) {
    this.#rows = rows;
    this.#start = rows.offset;
  }

  /** The rows `first` … `first + count - 1`, right until the next call. */
  at(first: number, count: number): R {
    const rows = this.#rows;
    rows.offset = this.#start + first * (isTokens(rows) ? 1 : rows.stride);
    rows.rows = count;
    return rows;
  }
}

/** Room for so many rows of `columns` numbers, or of tokens. */
export function rowRoom(arena: Arena, tokens: boolean, rows: number, columns: number): RowRoom<Rows> {
  return new RowRoom<Rows>(tokens ? arena.tokens(rows) : arena.matrix(rows, columns));
}
