import type { Layer } from "@unroll/bptt";
import { type ElementType, type Kernels, load, ShapeError, StateError, type View } from "@unroll/kernels";
import type { Cell } from "@unroll/rnn-cell";
import { copyOf, floats, matrix } from "./rows.ts";

/**
 * The states that one batch hands on to the next: h of all layers and sequences. They are kept outside the model's
 * arena, so they outlive it when a larger plan makes a new one.
 */
export class States {
  readonly #type: ElementType;
  /** By layer B×stateSize: as the last batch left them, and as the batch before it did. */
  #now: readonly View[];
  #before: readonly View[];
  #kept = false;

  constructor({ type, cells }: { readonly type: ElementType; readonly cells: readonly Cell[] }) {
    const none = (): View[] => cells.map(({ stateSize }) => matrix(type, 0, stateSize));
    this.#type = type;
    this.#now = none();
    this.#before = none();
  }

  /** B of the batch that left them, 0 if there was none. */
  get batch(): number {
    return this.#now[0].rows;
  }

  /**
   * Sets h_0 of every layer: zero, or what is carried.
   * @throws StateError if there are no states of B sequences to carry
   */
  start(
    kernels: Kernels,
    layers: readonly Layer[],
    batch: number,
    carry: boolean | undefined,
    reset: Uint8Array | undefined,
  ): void {
    if (carry && this.batch !== batch) {
      const there = this.batch === 0 ? "no batch left any" : `those of ${this.batch} sequences are there`;
      throw new StateError("SequenceModel", `cannot carry states of ${batch} sequences: ${there}`);
    }
    for (let l = 0; l < layers.length; l++) {
      const { initialState } = layers[l];
      initialState.rows = batch;
      if (carry) load(initialState, this.#now[l]);
      else kernels.fill(initialState, 0);
      if (carry && reset) clearRows(initialState, reset);
    }
  }

  /** Takes over the states that a batch left. */
  keep(layers: readonly Layer[]): void {
    this.#swap();
    for (let l = 0; l < layers.length; l++) this.#set(l, layers[l].finalState);
    this.#kept = true;
  }

  /** Back to the states before the last `keep`; without one since then, or since `restore`, nothing happens. */
  discard(): void {
    if (this.#kept) this.#swap();
    this.#kept = false;
  }

  /** A copy by layer. */
  save(): View[] {
    return this.#now.map((view) => copyOf(this.#type, view));
  }

  /** Takes over what `save` gave. @throws ShapeError if the layers, or their numbers of rows or columns, differ */
  restore(saved: readonly View[]): void {
    if (saved.length !== this.#now.length)
      throw new ShapeError("restoreStates", "number of layers", [saved.length], [this.#now.length]);
    for (let l = 0; l < saved.length; l++) {
      const { rows, columns } = saved[l];
      const expected = [saved[0].rows, this.#now[l].columns];
      if (rows !== expected[0] || columns !== expected[1])
        throw new ShapeError("restoreStates", `states[${l}]`, [rows, columns], expected);
    }
    for (let l = 0; l < saved.length; l++) this.#set(l, saved[l]);
    this.#kept = false;
  }

  #set(l: number, source: View): void {
    const view = this.#now[l];
    if (view.data.length < source.size) view.data = floats(this.#type, source.size);
    view.rows = source.rows;
    load(view, source);
  }

  #swap(): void {
    const now = this.#before;
    this.#before = this.#now;
    this.#now = now;
  }
}

/** Zeros the rows whose flag is set. */
function clearRows({ data, offset, rows, columns, stride }: View, flags: Uint8Array): void {
  for (let b = 0; b < rows; b++) {
    const start = offset + b * stride;
    if (flags[b]) data.fill(0, start, start + columns);
  }
}
