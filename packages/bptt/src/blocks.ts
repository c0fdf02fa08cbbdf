import type { Arena, View } from "@unroll/kernels";
import { shareEnd, shareStart, type Team } from "./team.ts";

/**
 * A matrix made of blocks of B rows, one block a step.
 *
 * `at`, `range` and `share` move a view and give it back, so that loops over time make no garbage; the view is right
 * until the next call of the same method.
 */
export class Blocks {
  readonly #start: number;
  readonly #step: View;
  readonly #span: View;
  readonly #team: Team;
  #batch = 0;
  /** The first of the sequences that are this thread's own. */
  #first = 0;

  /** The first `columns` columns of a matrix that is reserved in the arena. */
  constructor(arena: Arena, team: Team, of: View, columns: number = of.columns) {
    this.#team = team;
    this.#start = of.offset;
    this.#step = arena.part(of, 0, 0, columns, of.stride);
    this.#span = arena.part(of, 0, 0, columns, of.stride);
  }

  /** Sets B. */
  resize(batch: number): void {
    this.#batch = batch;
    this.#first = shareStart(this.#team, batch);
    this.#step.rows = shareEnd(this.#team, batch) - this.#first;
  }

  /** Block t: the rows of this thread's sequences. */
  at(t: number): View {
    this.#step.offset = this.#start + (t * this.#batch + this.#first) * this.#step.stride;
    return this.#step;
  }

  /** The blocks `from` … `to` - 1. */
  range(from: number, to: number): View {
    this.#span.offset = this.#start + from * this.#batch * this.#span.stride;
    this.#span.rows = (to - from) * this.#batch;
    return this.#span;
  }

  /** This thread's share of the rows of the blocks `from` … `to` - 1. */
  share(from: number, to: number): View {
    const rows = (to - from) * this.#batch;
    const first = shareStart(this.#team, rows);
    this.#span.offset = this.#start + (from * this.#batch + first) * this.#span.stride;
    this.#span.rows = shareEnd(this.#team, rows) - first;
    return this.#span;
  }
}
