import type { Unrolled } from "@unroll/bptt";
import {
  type ElementType,
  isTokens,
  type Kernels,
  load,
  OptionError,
  type Rows,
  StateError,
  View,
} from "@unroll/kernels";
import { joinLayouts, type Layout, RandomState } from "@unroll/linalg";
import { checkTargets, countedWeight, type Loss, reductionScale } from "@unroll/losses";
import type { OptimizerState } from "@unroll/optim";
import {
  type Cell,
  type CellOfInput,
  linearReadout,
  type Readout,
  type ReadoutOptions,
} from "@unroll/rnn-cell";
import { type Batch, checkBatch } from "./batch.ts";
import type { Objective } from "./objective.ts";
import { covers, grow, holds, type Plan } from "./plan.ts";
import { floats, rowsOf } from "./rows.ts";
import { clearRows, moveOptimizerState, moveStates } from "./states.ts";
import { Stream } from "./stream.ts";
import type { StreamRoom } from "./stream-room.ts";
import { type Parts, Workspace } from "./workspace.ts";

export interface SequenceModelOptions {
  /** I: columns of the inputs, or symbols of their vocabulary. */
  readonly inputs: number;
  /** The stack from below. */
  readonly cells: readonly CellOfInput[];
  /** O: columns of the outputs. */
  readonly outputs: number;
  /** Output activation, bias and starting values of the readout. */
  readonly readout?: Omit<ReadoutOptions, "inputSize" | "outputSize"> | undefined;
  /** "float32" unless given. */
  readonly type?: ElementType | undefined;
  /** Of the starting values; 0 unless given. */
  readonly seed?: number | undefined;
}

/**
 * A stack of recurrent cells with a readout: h^l_t = cell_l(h^{l-1}_t, h^l_{t-1}), y_t = σ_y(W_hy h_t + b_y).
 * @throws OptionError if a size is not a positive integer or there is no cell
 */
export function sequenceModel(options: SequenceModelOptions): SequenceModel {
  const cells: Cell[] = [];
  for (const cell of options.cells) cells.push(cell(cells.at(-1)?.outputSize ?? options.inputs));
  const top = cells.at(-1);
  if (!top) throw new OptionError("sequenceModel", "cells", options.cells, "at least one cell");
  const readout = linearReadout({
    ...options.readout,
    inputSize: top.outputSize,
    outputSize: options.outputs,
  });
  const model = new SequenceModel({ type: options.type ?? "float32", cells, readout });
  model.initialize(new RandomState(options.seed ?? 0));
  return model;
}

/** Where the parameters of a stack and its readout lie in one flat vector. */
export function modelLayout(cells: readonly Cell[], readout: Readout): Layout {
  return joinLayouts({
    ...Object.fromEntries(cells.map((cell, l) => [l, cell.parameters])),
    readout: readout.parameters,
  });
}

export class SequenceModel {
  readonly type: ElementType;
  readonly cells: readonly Cell[];
  readonly readout: Readout;
  /** Names are `0.W_xh`, `0.W_hh`, … `readout.W_hy`, `readout.b_y`. */
  readonly layout: Layout;
  readonly #parts: Parts;
  #workspace: Workspace;
  #prepared = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.type = parts.type;
    this.cells = parts.cells;
    this.readout = parts.readout;
    this.layout = modelLayout(parts.cells, parts.readout);
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
  /** Bytes of all memory of the model. */
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
    return this.#workspace.losses;
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
   * Makes sure that there is memory for a plan. A larger plan is a new arena: parameters, gradients, carried states
   * and the optimizer's state move there, and views taken before keep the old memory.
   * @throws MemoryError if the memory cannot be had, OptionError if the plan contradicts itself
   */
  reserve(plan: Plan): void {
    const old = this.#workspace;
    if (covers(old.plan, plan)) return;
    const next = new Workspace(this.#parts, grow(old.plan, plan));
    load(next.parameters, old.parameters);
    load(next.gradients, old.gradients);
    moveStates(old.unrolled, next.unrolled);
    if (next.optimizerState && old.optimizerState && next.plan.optimizer === old.plan.optimizer) {
      moveOptimizerState(old.optimizerState, next.optimizerState);
    }
    this.#workspace = next;
    this.#prepared = false;
  }

  /**
   * Forward pass, loss and all gradients of a batch; the parameters stay as they are.
   * Memory is reserved if the batch is larger than any before.
   * @returns L
   * @throws ShapeError, ValueError if the batch does not fit the model or the loss
   */
  gradient(batch: Batch, objective: Objective): number {
    const { loss, reduction = "mean-over-steps" } = objective;
    this.#accept(batch, loss);
    const weight = countedWeight(batch.targets, batch.weights);
    const scale = reductionScale(reduction, { batch: batch.batch, weight });
    this.#startStates(batch);
    this.#workspace.gradient(batch, loss, scale);
    return scale * this.kernels.sum(this.losses);
  }

  /**
   * Σ w ℓ and Σ w of a batch, forward only.
   * @throws ShapeError, ValueError if the batch does not fit the model or the loss
   */
  evaluate(batch: Batch, loss: Loss): { sum: number; weight: number } {
    this.#accept(batch, loss);
    this.#startStates(batch);
    this.losses.rows = batch.steps * batch.batch;
    this.#forwardInPieces(batch, (from, outputs) => {
      this.#workspace.lossOf(outputs, from, undefined, batch, loss, 1);
    });
    return { sum: this.kernels.sum(this.losses), weight: countedWeight(batch.targets, batch.weights) };
  }

  /** The outputs of T steps of B sequences as a new matrix of T·B rows, from h_0 = 0 or from the carried states. */
  run(inputs: Rows, options: { steps: number; batch?: number; carry?: boolean }): View {
    const { steps, batch = inputs.rows / steps, carry = false } = options;
    this.reserve({ ...this.#workspace.plan, steps, batch, tokenInputs: isTokens(inputs) });
    this.#startStates({ batch, carry });
    const outputs = new View(floats(this.type, steps * batch * this.outputs), 0, steps * batch, this.outputs);
    this.#forwardInPieces({ inputs, steps, batch }, (from, piece) => {
      load(new View(outputs.data, from * batch * this.outputs, piece.rows, this.outputs), piece);
    });
    return outputs;
  }

  /** A sequence of its own, fed step by step. */
  stream(): Stream {
    return new Stream(this);
  }

  /** The states that the next carrying batch starts from, by layer; for `restoreStates`. */
  saveStates(): View[] {
    return this.unrolled.layers.map(({ finalState }) => {
      const copy = new View(floats(this.type, finalState.size), 0, finalState.rows, finalState.columns);
      load(copy, finalState);
      return copy;
    });
  }

  /** Sets the states that the next carrying batch starts from. */
  restoreStates(states: readonly View[]): void {
    this.unrolled.layers.forEach(({ finalState }, l) => {
      finalState.rows = states[l].rows;
      load(finalState, states[l]);
    });
  }

  /** Puts the carried states back to what they were before the last batch. */
  discardStates(): void {
    for (const { initialState, finalState } of this.unrolled.layers) {
      finalState.rows = initialState.rows;
      this.kernels.copy(finalState, initialState);
    }
  }

  /** Where streams take their steps, with the parameters as they are now. */
  streamRoom(): StreamRoom {
    if (!this.#prepared) this.#workspace.stream.prepare();
    this.#prepared = true;
    return this.#workspace.stream;
  }

  /** Checks a batch and reserves memory for it. */
  #accept(batch: Batch, loss: Loss): void {
    checkBatch(batch);
    checkTargets(loss, batch.targets, batch.weights, {
      rows: batch.steps * batch.batch,
      columns: this.outputs,
    });
    const { plan } = this.#workspace;
    if (holds(plan, batch)) return;
    const { steps, batch: B, inputs, targets } = batch;
    this.reserve({
      ...plan,
      steps,
      batch: B,
      tokenInputs: isTokens(inputs),
      tokenTargets: isTokens(targets),
    });
  }

  /** h_0: what the batch before left, or zero. */
  #startStates({ batch, carry, reset }: Pick<Batch, "batch" | "carry" | "reset">): void {
    for (const { initialState, finalState } of this.unrolled.layers) {
      if (carry && finalState.rows !== batch) {
        throw new StateError(
          "SequenceModel",
          `cannot carry states of ${finalState.rows} sequences to ${batch}`,
        );
      }
      initialState.rows = batch;
      if (carry) this.kernels.copy(initialState, finalState);
      else this.kernels.fill(initialState, 0);
      if (carry && reset) clearRows(initialState, reset);
    }
  }

  /** Runs a batch in pieces as long as the memory holds, and hands over the outputs of each. */
  #forwardInPieces(
    { inputs, steps, batch }: Pick<Batch, "inputs" | "steps" | "batch">,
    use: (from: number, outputs: View) => void,
  ): void {
    const { unrolled } = this;
    this.#workspace.readout.prepare();
    for (let from = 0; from < steps; from += unrolled.plan.segment) {
      const count = Math.min(unrolled.plan.segment, steps - from);
      if (from > 0)
        for (const { initialState, finalState } of unrolled.layers)
          this.kernels.copy(initialState, finalState);
      unrolled.forward(rowsOf(inputs, from * batch, count * batch), count, batch);
      use(from, this.#workspace.outputsOf(unrolled.outputs));
    }
  }
}
