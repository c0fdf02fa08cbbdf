import type { Unrolled } from "@unroll/bptt";
import {
  type ElementType,
  isTokens,
  type Kernels,
  load,
  OptionError,
  portableFloat32,
  portableFloat64,
  type Rows,
  StateError,
  View,
} from "@unroll/kernels";
import type { Layout, RandomState } from "@unroll/linalg";
import { checkTargets, countedWeight, type Loss, reductionScale } from "@unroll/losses";
import type { OptimizerState } from "@unroll/optim";
import type { Cell, Readout } from "@unroll/rnn-cell";
import { type Batch, checkBatch, checkInputs } from "./batch.ts";
import type { Objective } from "./objective.ts";
import { type ModelParts, modelLayout } from "./parts.ts";
import { covers, grow, holds, type Plan } from "./plan.ts";
import { floats, matrix } from "./rows.ts";
import { States } from "./states.ts";
import { Stream } from "./stream.ts";
import type { StreamRoom } from "./stream-room.ts";
import { numbersOf, type RunTeam, setNumbers, type TeamTask } from "./team-member.ts";
import { type Task, Workspace } from "./workspace.ts";

export interface RunOptions {
  /** T. */
  readonly steps: number;
  /** B; as many sequences as there are unless given. */
  readonly batch?: number | undefined;
  /** Start from the states that the previous `run` left, rather than from h_0 = 0. */
  readonly carry?: boolean | undefined;
  /** Carry these instead of those of the previous `run`; they take the final states. */
  readonly states?: States | undefined;
}

/** Steps that a forward pass runs at once: enough to make the products large. Longer sequences run in pieces. */
const PIECE = 64;

/** A stack of cells with a readout, its parameters, and all memory to run and train it. See `sequenceModel`. */
export class SequenceModel {
  readonly type: ElementType;
  readonly cells: readonly Cell[];
  readonly readout: Readout;
  /** Names are `0.W_xh`, `0.W_hh`, … `readout.W_hy`, `readout.b_y`. */
  readonly layout: Layout;
  readonly #parts: ModelParts;
  #workspace: Workspace;
  #prepared = false;
  /** A team is at work on the memory. */
  #busy = false;
  // What `gradient`, `evaluate` and `run` carry from batch to batch: each its own, so that none disturbs another.
  readonly #states: States;
  readonly #evaluated: States;
  readonly #run: States;
  readonly #losses: View;
  // Written again for each batch, so that a step allocates nothing.
  #task: Task | undefined;
  readonly #counted: { batch: number; weight: number } = { batch: 1, weight: 0 };

  /** @throws OptionError if there is no cell, the sizes do not meet or there is no such type */
  constructor(parts: ModelParts) {
    const { type, cells, readout } = parts;
    if (type !== "float32" && type !== "float64")
      throw new OptionError("SequenceModel", "type", type, '"float32" or "float64"');
    if (cells.length === 0) throw new OptionError("SequenceModel", "cells", cells, "at least one cell");
    const { outputSize } = cells[cells.length - 1];
    if (readout.inputSize !== outputSize) {
      const expected = `${outputSize}, the output size below it`;
      throw new OptionError("SequenceModel", "readout.inputSize", readout.inputSize, expected);
    }
    this.#parts = parts;
    this.type = type;
    this.cells = cells;
    this.readout = readout;
    this.layout = modelLayout(cells, readout);
    this.#states = new States(parts);
    this.#evaluated = new States(parts);
    this.#run = new States(parts);
    this.#losses = matrix(type, 0, 1);
    this.#workspace = new Workspace(parts, { steps: 1, batch: 1, tokenInputs: false, tokenTargets: false });
  }

  /** I and O. */
  get inputs(): number {
    return this.cells[0].inputSize;
  }
  get outputs(): number {
    return this.readout.outputSize;
  }

  /** The arithmetic that runs. */
  get kernels(): Kernels {
    return this.#workspace.arena.kernels;
  }
  /** What there is memory for. */
  get plan(): Plan {
    return this.#workspace.plan;
  }
  /** Bytes of the model's arena. */
  get bytes(): number {
    return this.#workspace.arena.bytes;
  }
  /** All parameters, 1×size in the order of `layout`. After writing to it call `parametersChanged`. */
  get parameters(): View {
    return this.#workspace.parameters;
  }
  /** dL/d(parameters) of the last `gradient`, 1×size. */
  get gradients(): View {
    return this.#workspace.gradients;
  }
  /** The state of the optimizer that the memory was reserved for. */
  get optimizerState(): OptimizerState | undefined {
    return this.#workspace.optimizerState;
  }
  /** The unrolled stack with its states, gradients of states, and hook. */
  get unrolled(): Unrolled {
    return this.#workspace.unrolled;
  }
  /** w ℓ of every row of the last batch, T·B×1. */
  get losses(): View {
    return this.#losses;
  }

  /** Fills the parameters with starting values. */
  initialize(random: RandomState): void {
    let at = this.parameters.offset;
    for (const part of [...this.cells, this.readout]) {
      part.initialize(new View(this.parameters.data, at, 1, part.parameters.size), random);
      at += part.parameters.size;
    }
    this.parametersChanged();
  }

  /** Call after every change of the parameters that is not made by the training step. */
  parametersChanged(): void {
    this.#prepared = false;
  }

  /**
   * Makes sure that there is memory for a plan. A larger plan is a new arena: parameters, gradients, the
   * optimizer's state and the hook move there, and views taken before keep the old memory. Another optimizer starts
   * afresh.
   * @throws MemoryError if the memory cannot be had, OptionError if the plan contradicts itself; nothing changes then
   */
  reserve(plan: Plan): void {
    const old = this.#workspace;
    if (covers(old.plan, plan)) return;
    this.#expectIdle();
    const next = new Workspace(this.#parts, grow(old.plan, plan));
    load(next.parameters, old.parameters);
    load(next.gradients, old.gradients);
    if (old.optimizerState && next.optimizerState && next.plan.optimizer === old.plan.optimizer)
      moveOptimizerState(old.optimizerState, next.optimizerState);
    next.unrolled.onBackwardStep = old.unrolled.onBackwardStep;
    this.#workspace = next;
    this.#prepared = false;
  }

  /**
   * Forward pass, loss and all gradients of a batch; the parameters stay as they are. Memory is reserved if the batch
   * is larger than any before. A batch that carries starts from the states that the last `gradient` left.
   * @returns L
   * @throws ShapeError, ValueError, NonFiniteError if the batch does not fit the model or the loss, StateError if
   * there are no states to carry; nothing changes then
   */
  gradient(batch: Batch, objective: Objective): number {
    const task = this.#begin(batch, objective);
    this.#workspace.gradient(task);
    this.#states.keep(this.unrolled.layers);
    return task.scale * this.#sumOfLosses();
  }

  /**
   * `gradient` by the team that the memory was reserved for. The model must be left alone meanwhile, but for streams.
   * @throws as `gradient` does; what `run` rejects with, and then the parameters and the carried states are as before
   */
  async gradientBy(run: RunTeam, batch: Batch, objective: Objective): Promise<number> {
    const task = this.#begin(batch, objective);
    await this.#ask(run, "gradient", task, 0, batch.steps);
    this.#states.keep(this.unrolled.layers);
    return task.scale * this.#sumOfLosses();
  }

  /** `evaluate` by the team, likewise. */
  async evaluateBy(
    run: RunTeam,
    batch: Batch,
    loss: Loss,
    states: States = this.#evaluated,
  ): Promise<{ sum: number; weight: number }> {
    const task = this.#beginLosses(batch, loss, states);
    const { segment } = this.unrolled.plan;
    for (let from = 0; from < batch.steps; from += segment) {
      if (from > 0) this.#workspace.goOn();
      await this.#ask(run, "losses", task, from, Math.min(segment, batch.steps - from));
    }
    states.keep(this.unrolled.layers);
    return { sum: this.#sumOfLosses(), weight: countedWeight(batch.targets, batch.weights) };
  }

  /**
   * Σ w ℓ and Σ w of a batch, forward only. A batch that carries starts from the states that the last `evaluate`
   * left, or from `states` if they are given, which then take its final ones.
   * @throws as `gradient` does
   */
  evaluate(batch: Batch, loss: Loss, states: States = this.#evaluated): { sum: number; weight: number } {
    const task = this.#beginLosses(batch, loss, states);
    const workspace = this.#workspace;
    workspace.forward(batch.inputs, batch.steps, batch.batch, (outputs, from) => {
      workspace.lossOf(outputs, from, task);
    });
    states.keep(this.unrolled.layers);
    return { sum: this.#sumOfLosses(), weight: countedWeight(batch.targets, batch.weights) };
  }

  /**
   * The outputs of T steps of B sequences as a new matrix of T·B rows.
   * @throws ShapeError, ValueError if the inputs do not fit, StateError if there are no states to carry
   */
  run(inputs: Rows, options: RunOptions): View {
    const { steps, batch = inputs.rows / steps, carry, states = this.#run } = options;
    this.#expectIdle();
    checkInputs("run", inputs, steps, batch, this.inputs);
    this.#reserveFor(this.#pieceOf(steps), batch, inputs, undefined);
    const { layers } = this.unrolled;
    states.start(this.kernels, layers, batch, carry, undefined);
    const all = matrix(this.type, steps * batch, this.outputs);
    this.#workspace.forward(inputs, steps, batch, (outputs, from) => {
      load(new View(all.data, from * batch * this.outputs, outputs.rows, this.outputs), outputs);
    });
    states.keep(layers);
    return all;
  }

  /** A sequence of its own, fed step by step. */
  stream(): Stream {
    return new Stream(this);
  }

  /** The states that the next `gradient` of a carrying batch starts from, by layer; for `restoreStates`. */
  saveStates(): View[] {
    return this.#states.save();
  }

  /** Sets the states that the next `gradient` of a carrying batch starts from. @throws ShapeError */
  restoreStates(states: readonly View[]): void {
    this.#states.restore(states);
  }

  /** Puts the carried states back to what they were before the last `gradient`. */
  discardStates(): void {
    this.#states.discard();
  }

  /** Where streams take their steps, with the parameters as they are now. */
  streamRoom(): StreamRoom {
    if (!this.#prepared) this.#workspace.stream.prepare();
    this.#prepared = true;
    return this.#workspace.stream;
  }

  /** All that comes before the work of `gradient`. */
  #begin(batch: Batch, { loss, reduction = "mean-over-steps" }: Objective): Task {
    this.#check(batch, loss);
    this.#counted.batch = batch.batch;
    this.#counted.weight = countedWeight(batch.targets, batch.weights);
    const scale = reductionScale(reduction, this.#counted);
    this.#reserveFor(batch.steps, batch.batch, batch.inputs, batch.targets);
    this.#states.start(this.kernels, this.unrolled.layers, batch.batch, batch.carry, batch.reset);
    return this.#taskOf(batch, loss, scale);
  }

  /** All that comes before the work of `evaluate`. */
  #beginLosses(batch: Batch, loss: Loss, states: States): Task {
    this.#check(batch, loss);
    this.#reserveFor(this.#pieceOf(batch.steps), batch.batch, batch.inputs, batch.targets);
    states.start(this.kernels, this.unrolled.layers, batch.batch, batch.carry, batch.reset);
    return this.#taskOf(batch, loss, 1);
  }

  /** Has the team work on `count` steps of a batch. */
  async #ask(
    run: RunTeam,
    kind: TeamTask["kind"],
    { batch: of, scale, losses }: Task,
    from: number,
    count: number,
  ): Promise<void> {
    const workspace = this.#workspace;
    const { room, stage, unrolled } = workspace;
    if (!room || !stage) throw new StateError("SequenceModel", "no memory is reserved for a team");
    const { batch, weights } = of;
    stage.put(of, from * batch, count * batch);
    unrolled.ran(count, batch);
    const rows = count * batch;
    this.#busy = true;
    try {
      await run(
        room,
        { kind, steps: count, batch, scale, weighted: weights !== undefined },
        () => numbersOf(workspace.given(rows)),
        (numbers) => setNumbers(workspace.results(rows), numbers),
      );
    } finally {
      this.#busy = false;
    }
    stage.take(losses, from * batch, count * batch);
  }

  #expectIdle(): void {
    if (this.#busy) throw new StateError("SequenceModel", "its team is at work on another batch");
  }

  #check(batch: Batch, loss: Loss): void {
    this.#expectIdle();
    checkBatch(batch, this.inputs);
    checkTargets(loss, batch.targets, batch.weights, { rows: batch.inputs.rows, columns: this.outputs });
  }

  /** Reserves memory for rows of that kind, unless it is there. */
  #reserveFor(steps: number, batch: number, inputs: Rows, targets: Rows | undefined): void {
    const { plan } = this.#workspace;
    if (holds(plan, steps, batch, inputs, targets)) return;
    const tokenTargets = targets === undefined ? plan.tokenTargets : isTokens(targets);
    this.reserve({ ...plan, steps, batch, tokenInputs: isTokens(inputs), tokenTargets });
  }

  /** Steps that a forward pass of T steps wants room for. A plan with checkpoints is left alone: it may be tight. */
  #pieceOf(steps: number): number {
    return (this.plan.checkpoint ?? "none") === "none" ? Math.min(steps, PIECE) : 1;
  }

  #taskOf(batch: Batch, loss: Loss, scale: number): Task {
    const rows = batch.steps * batch.batch;
    const losses = this.#losses;
    if (losses.data.length < rows) losses.data = floats(this.type, rows);
    losses.rows = rows;
    const task = (this.#task ??= { batch, loss, scale, losses });
    task.batch = batch;
    task.loss = loss;
    task.scale = scale;
    return task;
  }

  /** In the order of all reductions: the portable arithmetic has the same bits as any, and works on any memory. */
  #sumOfLosses(): number {
    return (this.type === "float32" ? portableFloat32 : portableFloat64).sum(this.#losses);
  }
}

/** Copies an optimizer's state into a twin of it. */
function moveOptimizerState(from: OptimizerState, to: OptimizerState): void {
  to.step = from.step;
  for (const [name, vector] of Object.entries(to.vectors)) load(vector, from.vectors[name]);
}
