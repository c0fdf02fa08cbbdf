import type { Arena, Kernels, Rows, View } from "@unroll/kernels";
import type { BoundCell, Cell } from "@unroll/rnn-cell";
import { Blocks } from "./blocks.ts";

/** What a layer must have room for: n steps of one segment, B sequences, a sum over overlapping sweeps or not. */
export interface LayerRoom {
  readonly steps: number;
  readonly batch: number;
  readonly sum: boolean;
}

/** One cell of the stack with its working memory for the steps of one segment, counted from 0. */
export class Layer {
  readonly cell: Cell;
  /** The cell at work on the parameters. */
  readonly bound: BoundCell;
  /** The state before the first step of the sequence and after its last one, B×stateSize; dL/d of both. */
  readonly initialState: View;
  readonly finalState: View;
  readonly dInitialState: View;
  readonly dFinalState: View;
  /** States by block: `before.at(t)` stands before step t, `after.at(t + 1)` behind it. */
  readonly before: Blocks;
  readonly after: Blocks;
  /** The visible columns of the states, and dL/d of them: block t + 1 and block t belong to step t. */
  readonly visible: Blocks;
  readonly dVisible: Blocks;
  readonly tape: Blocks;
  /** What each step of a sweep leaves, and its sum over all sweeps (the same memory if no step is visited twice). */
  readonly delta: Blocks;
  readonly deltaSum: Blocks;
  /** dL/d of the state between two steps of a sweep; its visible columns; room for the next one. */
  #dState: View;
  #dPrevious: View;
  readonly #dStateVisible: View;
  readonly #gates: Blocks;
  readonly #boundary: readonly View[];
  readonly #blocks: readonly Blocks[];

  constructor(arena: Arena, cell: Cell, bound: BoundCell, { steps: n, batch: B, sum }: LayerRoom) {
    this.cell = cell;
    this.bound = bound;
    const state = (): View => arena.matrix(B, cell.stateSize);
    this.initialState = state();
    this.finalState = state();
    this.dInitialState = state();
    this.dFinalState = state();
    this.#dState = state();
    this.#dPrevious = state();
    this.#dStateVisible = arena.part(this.#dState, 0, B, cell.outputSize, cell.stateSize);
    this.#boundary = [
      this.initialState,
      this.finalState,
      this.dInitialState,
      this.dFinalState,
      this.#dState,
      this.#dPrevious,
      this.#dStateVisible,
    ];

    const states = arena.matrix((n + 1) * B, cell.stateSize);
    // A step consumes its gates, so the deltas may lie in their memory.
    const gates = arena.matrix(n * B, Math.max(cell.gateSize, cell.deltaSize));
    const inGates = (columns: number): Blocks => new Blocks(arena, arena.part(gates, 0, n * B, columns));
    this.before = new Blocks(arena, states);
    this.after = new Blocks(arena, states);
    this.visible = new Blocks(arena, states, cell.outputSize);
    this.dVisible = new Blocks(arena, arena.matrix(n * B, cell.outputSize));
    this.tape = new Blocks(arena, arena.matrix(n * B, cell.tapeSize));
    this.#gates = inGates(cell.gateSize);
    this.delta = inGates(cell.deltaSize);
    this.deltaSum = sum ? new Blocks(arena, arena.matrix(n * B, cell.deltaSize)) : this.delta;
    this.#blocks = [
      this.before,
      this.after,
      this.visible,
      this.dVisible,
      this.tape,
      this.#gates,
      this.delta,
      this.deltaSum,
    ];
  }

  /** Sets B, the rows of a step. */
  resize(batch: number): void {
    for (const view of this.#boundary) view.rows = batch;
    for (const blocks of this.#blocks) blocks.resize(batch);
  }

  /** The parameters changed. */
  prepare(): void {
    this.bound.prepare();
  }

  /** Runs `steps` steps from the state in block 0. */
  forward(inputs: Rows, steps: number): void {
    this.bound.project(inputs, this.#gates.range(0, steps));
    for (let t = 0; t < steps; t++) {
      this.bound.step(this.#gates.at(t), this.before.at(t), this.after.at(t + 1), this.tape.at(t));
    }
  }

  /** dL/d of the state behind the step that the sweep visits next. Overwritten to start a sweep. */
  get dState(): View {
    return this.#dState;
  }

  /** The dState with which the last step was visited. */
  get spent(): View {
    return this.#dPrevious;
  }

  /** dState += dL/d of the visible state of step t. */
  addVisibleGradient(kernels: Kernels, t: number): void {
    this.#dStateVisible.offset = this.#dState.offset;
    kernels.add(this.#dStateVisible, this.dVisible.at(t));
  }

  /** Goes back through step t: leaves its delta, and dState of the step before. */
  stepBackward(t: number): void {
    const { tape, before, after, delta } = this;
    this.bound.stepBackward(
      tape.at(t),
      before.at(t),
      after.at(t + 1),
      this.#dState,
      delta.at(t),
      this.#dPrevious,
    );
    const done = this.#dState;
    this.#dState = this.#dPrevious;
    this.#dPrevious = done;
  }

  /** dInputs ← dL/d(inputs) of the steps `from` … `to` - 1, from the given deltas of these steps. */
  inputGradient(deltas: View, dInputs: View): void {
    this.bound.inputGradient(deltas, dInputs);
  }

  /** Adds what the first `steps` steps give to the gradients of the parameters. */
  accumulate(inputs: Rows, steps: number): void {
    this.bound.accumulate(
      inputs,
      this.before.range(0, steps),
      this.tape.range(0, steps),
      this.deltaSum.range(0, steps),
    );
  }
}
