import type { Arena, Kernels, Rows, View } from "@unroll/kernels";
import type { BoundCell, Cell } from "@unroll/rnn-cell";
import { Blocks } from "./blocks.ts";
import { doesAll, shareEnd, shareStart, type Team } from "./team.ts";

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
  readonly #team: Team;
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
  readonly #starts: readonly number[];
  readonly #blocks: readonly Blocks[];

  constructor(
    arena: Arena,
    team: Team,
    cell: Cell,
    bound: BoundCell,
    { steps: n, batch: B, sum }: LayerRoom,
  ) {
    this.cell = cell;
    this.bound = bound;
    this.#team = team;
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
    this.#starts = this.#boundary.map(({ offset }) => offset);

    const states = arena.matrix((n + 1) * B, cell.stateSize);
    // A step consumes its gates, so the deltas may lie in their memory.
    const gates = arena.matrix(n * B, Math.max(cell.gateSize, cell.deltaSize));
    const blocks = (of: View, columns?: number): Blocks => new Blocks(arena, team, of, columns);
    const inGates = (columns: number): Blocks => blocks(arena.part(gates, 0, n * B, columns));
    this.before = blocks(states);
    this.after = blocks(states);
    this.visible = blocks(states, cell.outputSize);
    this.dVisible = blocks(arena.matrix(n * B, cell.outputSize));
    this.tape = blocks(arena.matrix(n * B, cell.tapeSize));
    this.#gates = inGates(cell.gateSize);
    this.delta = inGates(cell.deltaSize);
    this.deltaSum = sum ? blocks(arena.matrix(n * B, cell.deltaSize)) : this.delta;
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
    const first = shareStart(this.#team, batch);
    for (let i = 0; i < this.#boundary.length; i++) {
      const view = this.#boundary[i];
      view.offset = this.#starts[i] + first * view.stride;
      view.rows = shareEnd(this.#team, batch) - first;
    }
    for (const blocks of this.#blocks) blocks.resize(batch);
  }

  /** The parameters changed. */
  prepare(): void {
    this.bound.prepare();
  }

  /** Runs `steps` steps from the state in block 0. The inputs are this thread's share of their rows. */
  forward(inputs: Rows, steps: number): void {
    const gates = this.#gates.share(0, steps);
    if (gates.rows > 0) this.bound.project(inputs, gates);
    this.#team.meet();
    const own = this.#gates.at(0).rows > 0;
    for (let t = 0; t < steps && own; t++) {
      this.bound.step(this.#gates.at(t), this.before.at(t), this.after.at(t + 1), this.tape.at(t));
    }
    this.#team.meet();
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
    if (this.#dState.rows > 0)
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

  /** dInputs ← dL/d(inputs) of some rows, from the given deltas of these rows. */
  inputGradient(deltas: View, dInputs: View): void {
    if (deltas.rows > 0) this.bound.inputGradient(deltas, dInputs);
  }

  /** Adds what the first `steps` steps give to this thread's part of the gradients. The inputs are all their rows. */
  accumulate(inputs: Rows, steps: number): void {
    const { bound } = this;
    const team = this.#team;
    const previous = this.before.range(0, steps);
    const tape = this.tape.range(0, steps);
    const delta = this.deltaSum.range(0, steps);
    if (doesAll(team)) bound.accumulate(inputs, previous, tape, delta);
    else if (bound.accumulatePart)
      bound.accumulatePart(team.member, team.size, inputs, previous, tape, delta);
    else if (team.member === 0) bound.accumulate(inputs, previous, tape, delta);
  }
}
