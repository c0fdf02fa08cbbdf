import type { Arena, View } from "@unroll/kernels";

/**
 * A matrix made of blocks of B rows, one block a step.
 *
 * `at` and `range` move one view each and give it back, so that loops over time make no garbage; the view is right
 * until the next call of the same method.
 */
export class Blocks {
  readonly #start: number;
  readonly #step: View;
  readonly #span: View;
  #batch = 0;

  /** The first `columns` columns of a matrix that is reserved in the arena. */
  constructor(arena: Arena, of: View, columns: number = of.columns) {
    this.#start = of.offset;
    this.#step = arena.part(of, 0, 0, columns, of.stride);
    this.#span = arena.part(of, 0, 0, columns, of.stride);
  }

  /** Sets B. */
  resize(batch: number): void {
    this.#batch = batch;
    this.#step.rows = batch;
  }

  /** Block t. */
  at(t: number): View {
    this.#step.offset = this.#start + t * this.#batch * this.#step.stride;
    return this.#step;
  }

  /** The blocks `from` … `to` - 1. */
  range(from: number, to: number): View {
    this.#span.offset = this.#start + from * this.#batch * this.#span.stride;
    this.#span.rows = (to - from) * this.#batch;
    return this.#span;
  }
}
