import { type Arena, isTokens, load, type Rows, type Tokens, type View } from "@unroll/kernels";
import { shareEnd, shareStart, type Team } from "./team.ts";

/** The inputs of one segment. The rows that a call gives are right until the next one. */
export class SegmentInputs {
  readonly #rows: View | Tokens;
  readonly #start: number;
  readonly #team: Team;

  /** `columns`: I, or 0 for tokens. */
  constructor(arena: Arena, team: Team, rows: number, columns: number) {
    this.#rows = columns === 0 ? arena.tokens(rows) : arena.matrix(rows, columns);
    this.#start = this.#rows.offset;
    this.#team = team;
  }

  /** The first `count` rows. */
  all(count: number): Rows {
    return this.#set(0, count);
  }

  /** This thread's share of the first `count` rows. */
  share(count: number): Rows {
    const first = shareStart(this.#team, count);
    return this.#set(first, shareEnd(this.#team, count) - first);
  }

  /** Takes over this thread's share of `count` rows of a source, from its row `first` on. */
  load(source: Rows, first: number, count: number): void {
    load(this.share(count), source, first + shareStart(this.#team, count));
  }

  #set(first: number, count: number): Rows {
    const rows = this.#rows;
    rows.offset = this.#start + first * (isTokens(rows) ? 1 : rows.stride);
    rows.rows = count;
    return rows;
  }
}
