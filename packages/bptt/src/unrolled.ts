import { type Arena, type Rows, StateError, type View } from "@unroll/kernels";
import type { Cell } from "@unroll/rnn-cell";
import type { Blocks } from "./blocks.ts";
import { type CheckpointPlan, planCheckpoints } from "./checkpoint-plan.ts";
import { checkCount, checkInputs } from "./inputs.ts";
import type { Layer } from "./layer.ts";
import { checkOptions, checkVectors, type UnrollOptions } from "./options.ts";
import { bindCells, type Room, reserveRoom, roomBytes } from "./room.ts";
import { type Action, schedule } from "./schedule.ts";
import { ALONE, shareStart, type Team } from "./team.ts";
import { type Window, windows } from "./windows.ts";

/**
 * Called for each segment of the sequence on the way back, from the last to the first: the steps `from` … `to` - 1
 * and their outputs (visible states of the top cell, (to - from)·B rows). Overwrites `dOutputs` with dL/d(outputs).
 * Without checkpoints there is one segment, the whole sequence. In a team the outputs are this thread's share of the
 * rows, the first of them row number `row` of the run (from·B otherwise).
 */
export type OutputGradient = (from: number, to: number, outputs: View, dOutputs: View, row: number) => void;

/** What a hook sees after each backward step. The object and its views are used again: copy what you keep. */
export interface BackwardStep {
  /** Layer from below and time step from the start, both from 0. */
  layer: number;
  step: number;
  /** δ_t = dL/dh_t (of this sweep), B×stateSize. */
  dState: View;
  /** What the cell leaves of the step; for Elman ε_t = dL/dz_t. */
  delta: View;
  /** h_t, B×stateSize. */
  state: View;
}

/** A stack of cells unrolled over time: the memory of the forward pass, and the loops of both passes. */
export class Unrolled {
  readonly layers: readonly Layer[];
  /** How much is kept and how much is run again. */
  readonly plan: CheckpointPlan;
  /** Bytes of the working memory; parameters, gradients and packed weights are not counted. */
  readonly workspaceBytes: number;
  /** dL/d(inputs) by step, if asked for: block t is B×I. */
  readonly dInputs: Blocks | undefined;
  /** Called after each backward step. */
  onBackwardStep: ((at: BackwardStep) => void) | undefined;

  readonly #arena: Arena;
  readonly #team: Team;
  readonly #options: UnrollOptions;
  readonly #room: Room;
  readonly #top: Layer;
  #at: BackwardStep | undefined;
  #steps = 0;
  #batch = 0;
  #ready = false;
  #source: Rows | undefined;
  #actions: readonly Action[] = [];
  #windows: readonly Window[] = [];

  /**
   * Reserves its memory in an arena that is not committed yet.
   * `parameters` and `gradients` are 1×size, the cells' vectors one behind the other from below.
   * @throws OptionError if an option is out of range or the sizes of the stack do not meet, ShapeError if a vector has
   * another length
   */
  constructor(
    arena: Arena,
    cells: readonly Cell[],
    parameters: View,
    gradients: View,
    options: UnrollOptions,
  ) {
    checkOptions(cells, options);
    checkVectors(cells, { parameters, gradients });
    const bytes = (n: number, slots: number): number => roomBytes(arena.type, cells, options, n, slots);
    this.plan = planCheckpoints(options.steps, options.checkpoint ?? "none", bytes);
    this.workspaceBytes = bytes(this.plan.segment, this.plan.slots);
    this.#arena = arena;
    this.#team = options.team ?? ALONE;
    this.#options = options;
    const bound = bindCells(arena, this.#team, cells, parameters, gradients);
    this.#room = reserveRoom(arena, cells, bound, options, this.plan.segment, this.plan.slots);
    this.layers = this.#room.layers;
    this.dInputs = this.#room.dInputs;
    this.#top = this.layers[this.layers.length - 1];
  }

  /** T of the last run. */
  get steps(): number {
    return this.#steps;
  }

  /** B of the last run. */
  get batch(): number {
    return this.#batch;
  }

  /**
   * The outputs of all steps: visible states of the top cell, T·B rows. Right until the next run.
   * @throws StateError with checkpoints, which do not keep them; `backward` gives them segment by segment
   */
  get outputs(): View {
    if (this.#steps > this.plan.segment)
      throw new StateError("Unrolled.outputs", "checkpoints do not keep all outputs");
    return this.#top.visible.range(1, this.#steps + 1);
  }

  /**
   * In a team: this thread's share of the outputs, and of the rows of the last run the number of its first one.
   * @throws as `outputs` does
   */
  get outputShare(): { readonly outputs: View; readonly row: number } {
    const rows = this.outputs.rows;
    return { outputs: this.#top.visible.share(1, this.#steps + 1), row: shareStart(this.#team, rows) };
  }

  /**
   * In a team, for the one that looks on: the members ran T steps of B sequences. The layers' views are then those of
   * that run.
   */
  ran(steps: number, batch: number): void {
    this.#resize(steps, batch);
    this.#ready = false;
  }

  /**
   * Sets the states before the first step to zero; `initialState` then has B rows, for states of your own.
   * @throws ValueError if B is more than planned
   */
  resetStates(batch: number = this.#options.batch): void {
    checkCount("Unrolled.resetStates", "batch", batch, this.#options.batch);
    for (const { initialState } of this.layers) {
      initialState.rows = this.#options.batch;
      this.#arena.kernels.fill(initialState, 0);
      initialState.rows = batch;
    }
  }

  /**
   * Runs T steps of B sequences from the initial states (`layers[l].initialState`) to the final states.
   * The inputs are copied; with checkpoints they are read again and must stay as they are until `backward` is done.
   * @throws ShapeError, ValueError if the inputs do not fit
   */
  forward(inputs: Rows, steps: number = this.#options.steps, batch: number = inputs.rows / steps): void {
    checkInputs(inputs, steps, batch, this.#options, this.layers[0].cell.inputSize);
    this.#ready = false;
    this.#resize(steps, batch);
    this.#source = inputs;
    const k = this.#arena.kernels;
    for (const layer of this.layers) {
      layer.prepare();
      layer.resize(batch);
      k.copy(layer.before.at(0), layer.initialState);
    }
    for (let i = 0; this.#actions[i]?.kind !== "reverse"; i++) this.#play(this.#actions[i]);
    const last = this.#segments - 1;
    this.#runSegment(last);
    for (const layer of this.layers) k.copy(layer.finalState, layer.after.at(this.#lengthOf(last)));
    this.#ready = true;
  }

  /**
   * Goes back through the last run: adds to the gradients of the parameters; overwrites `dInputs` and each layer's
   * `dInitialState`. dL/d(final states) is taken from each layer's `dFinalState`, which is zero until you set it.
   * @throws StateError if there was no forward pass; with checkpoints every backward pass needs its own
   */
  backward(outputGradient: OutputGradient): void {
    if (!this.#ready)
      throw new StateError("Unrolled.backward", "there is no forward pass to go back through");
    this.#ready = this.#segments === 1; // segments and kept states are overwritten on the way
    for (const layer of this.layers) this.#arena.kernels.fill(layer.dInitialState, 0);
    let live = true; // the last segment is as the forward pass left it
    for (let i = this.#firstReverse(); i < this.#actions.length; i++) {
      const action = this.#actions[i];
      if (action.kind !== "reverse") this.#play(action);
      else {
        if (!live) this.#runSegment(action.segment);
        this.#reverseSegment(action.segment, outputGradient);
        live = false;
      }
    }
  }

  /** Moves the current state, which stands in block 0 of every layer. */
  #play(action: Action): void {
    if (action.kind === "advance") this.#runSegment(action.segment);
    for (let l = 0; l < this.layers.length; l++) {
      const { before, after } = this.layers[l];
      const k = this.#arena.kernels;
      if (action.kind === "advance") k.copy(before.at(0), after.at(this.#lengthOf(action.segment)));
      else if (action.kind === "store") k.copy(this.#slot(action.slot, l), before.at(0));
      else if (action.kind === "restore") k.copy(before.at(0), this.#slot(action.slot, l));
    }
  }

  /** Runs a segment forward from the current state. */
  #runSegment(segment: number): void {
    const steps = this.#lengthOf(segment);
    const rows = steps * this.#batch;
    const { inputs } = this.#room;
    inputs.load(this.#source as Rows, segment * this.plan.segment * this.#batch, rows);
    for (let l = 0; l < this.layers.length; l++) {
      const below = l === 0 ? inputs.share(rows) : this.layers[l - 1].visible.share(1, steps + 1);
      this.layers[l].forward(below, steps);
    }
  }

  /** Goes back through a segment that has just been run. */
  #reverseSegment(segment: number, outputGradient: OutputGradient): void {
    const start = segment * this.plan.segment;
    const steps = this.#lengthOf(segment);
    const { visible, dVisible } = this.#top;
    const rows = steps * this.#batch;
    const row = start * this.#batch + shareStart(this.#team, rows);
    outputGradient(start, start + steps, visible.share(1, steps + 1), dVisible.share(0, steps), row);
    this.#team.meet();
    if (this.#options.truncation) this.#truncatedSweeps(steps);
    else this.#sweep(0, steps, 0, start);
    this.#team.meet();
    for (let l = 0; l < this.layers.length; l++) {
      const below = l === 0 ? this.#room.inputs.all(rows) : this.layers[l - 1].visible.range(1, steps + 1);
      this.layers[l].accumulate(below, steps);
    }
    if (this.dInputs) {
      const bottom = this.layers[0];
      bottom.inputGradient(bottom.deltaSum.share(0, steps), this.dInputs.share(start, start + steps));
    }
    this.#team.meet();
  }

  #truncatedSweeps(steps: number): void {
    const k = this.#arena.kernels;
    for (const { deltaSum } of this.layers) k.fill(deltaSum.share(0, steps), 0);
    this.#team.meet();
    for (let i = 0; i < this.#windows.length; i++) {
      const { from, to, lossFrom } = this.#windows[i];
      for (const layer of this.layers) k.fill(layer.dState, 0);
      this.#sweep(from, to, lossFrom, 0);
      this.#team.meet();
      for (const { delta, deltaSum } of this.layers) {
        if (deltaSum !== delta) k.add(deltaSum.share(from, to), delta.share(from, to));
      }
      this.#team.meet();
    }
  }

  /**
   * One backward sweep through the whole stack, over the steps `from` … `to` - 1 of the segment that begins at `start`,
   * with the loss gradients from `lossFrom` on. It goes on with each layer's dState. A window must pass through all
   * layers before the next one begins: summed deltas of a layer are not what one window hands to the layer below.
   */
  #sweep(from: number, to: number, lossFrom: number, start: number): void {
    const k = this.#arena.kernels;
    for (let l = this.layers.length - 1; l >= 0; l--) {
      const layer = this.layers[l];
      if (start + to === this.#steps) k.copy(layer.dState, layer.dFinalState);
      for (let t = to - 1; t >= from; t--) {
        if (layer !== this.#top || t >= lossFrom) layer.addVisibleGradient(k, t);
        layer.stepBackward(t);
        if (this.onBackwardStep) this.#callHook(this.onBackwardStep, l, t, start + t);
      }
      if (l > 0) {
        this.#team.meet();
        layer.inputGradient(layer.delta.share(from, to), this.layers[l - 1].dVisible.share(from, to));
        this.#team.meet();
      }
      if (start + from === 0) k.add(layer.dInitialState, layer.dState);
    }
  }

  #callHook(hook: (at: BackwardStep) => void, l: number, t: number, step: number): void {
    const { spent: dState, delta, after } = this.layers[l];
    const at = (this.#at ??= { layer: l, step, dState, delta: dState, state: dState });
    at.layer = l;
    at.step = step;
    at.dState = dState;
    at.delta = delta.at(t);
    at.state = after.at(t + 1);
    hook(at);
  }

  get #segments(): number {
    return Math.ceil(this.#steps / this.plan.segment);
  }

  /** Steps of a segment; the last one may be shorter. */
  #lengthOf(segment: number): number {
    return Math.min(this.plan.segment, this.#steps - segment * this.plan.segment);
  }

  #firstReverse(): number {
    return this.#actions.findIndex(isReverse);
  }

  #slot(slot: number, l: number): View {
    return this.#room.slots[slot][l].at(0);
  }

  /** Sets T and B; a run as large as the one before changes nothing. */
  #resize(steps: number, batch: number): void {
    if (steps === this.#steps && batch === this.#batch) return;
    this.#steps = steps;
    this.#batch = batch;
    for (const layer of this.layers) layer.resize(batch);
    for (const slot of this.#room.slots) for (const states of slot) states.resize(batch);
    this.#room.dInputs?.resize(batch);
    this.#actions = schedule(this.#segments, this.plan.slots);
    this.#windows = this.#options.truncation ? windows(steps, this.#options.truncation) : [];
  }
}

const isReverse = (action: Action): boolean => action.kind === "reverse";
