import { type OutputGradient, Unrolled } from "@unroll/bptt";
import { Arena, load, type Rows, type View } from "@unroll/kernels";
import type { Loss } from "@unroll/losses";
import type { OptimizerState } from "@unroll/optim";
import type { BoundReadout } from "@unroll/rnn-cell";
import type { Batch } from "./batch.ts";
import type { ModelParts } from "./parts.ts";
import type { Plan } from "./plan.ts";
import { rowsOf } from "./rows.ts";
import { StreamRoom } from "./stream-room.ts";

/** A batch under way: its losses are written to `losses`, T·B×1, which lies outside the arena. */
export interface Task {
  batch: Batch;
  loss: Loss;
  /** c of the reduction. */
  scale: number;
  losses: View;
}

/** All memory of a model for one plan, in one arena: parameters, gradients, optimizer state, the unrolled stack. */
export class Workspace {
  readonly plan: Plan;
  readonly arena: Arena;
  readonly parameters: View;
  readonly gradients: View;
  readonly optimizerState: OptimizerState | undefined;
  readonly unrolled: Unrolled;
  readonly stream: StreamRoom;

  readonly #readout: BoundReadout;
  readonly #readoutTape: View;
  readonly #outputs: View;
  readonly #dOutputs: View;
  readonly #targets: Rows;
  readonly #weights: View;
  readonly #losses: View;
  #task: Task | undefined;

  constructor({ type, cells, readout, kernels }: ModelParts, plan: Plan) {
    const arena = new Arena(type, kernels);
    const inCells = cells.reduce((sum, cell) => sum + cell.parameters.size, 0);
    const inReadout = readout.parameters.size;
    this.plan = plan;
    this.arena = arena;
    this.parameters = arena.matrix(1, inCells + inReadout);
    this.gradients = arena.matrix(1, inCells + inReadout);
    this.optimizerState = plan.optimizer?.reserve(arena, inCells + inReadout);
    const ofCells = (of: View): View => arena.part(of, 0, 1, inCells);
    const ofReadout = (of: View): View => arena.part(of, inCells, 1, inReadout);
    this.unrolled = new Unrolled(arena, cells, ofCells(this.parameters), ofCells(this.gradients), {
      steps: plan.steps,
      batch: plan.batch,
      tokens: plan.tokenInputs,
      truncation: plan.truncation,
      checkpoint: plan.checkpoint,
    });
    this.#readout = readout.bind(arena, ofReadout(this.parameters), ofReadout(this.gradients));
    this.stream = new StreamRoom(arena, this.unrolled, this.#readout, readout);

    const rows = this.unrolled.plan.segment * plan.batch;
    this.#readoutTape = arena.matrix(rows, readout.tapeSize);
    this.#outputs = arena.matrix(rows, readout.outputSize);
    this.#dOutputs = arena.matrix(rows, readout.outputSize);
    this.#losses = arena.matrix(rows, 1);
    this.#weights = arena.matrix(rows, 1);
    this.#targets = plan.tokenTargets ? arena.tokens(rows) : arena.matrix(rows, readout.outputSize);
    arena.commit();
  }

  /** Forward, losses and all gradients of a batch from the initial states. The gradients start from zero. */
  gradient(task: Task): void {
    const { inputs, steps, batch } = task.batch;
    this.#task = task;
    this.arena.kernels.fill(this.gradients, 0);
    this.#readout.prepare();
    this.unrolled.forward(inputs, steps, batch);
    this.unrolled.backward(this.#outputGradient);
  }

  readonly #outputGradient: OutputGradient = (from, _to, states, dStates) => {
    const outputs = this.#outputsOf(states);
    this.#dOutputs.rows = states.rows;
    this.lossOf(outputs, from, this.#dOutputs, this.#task as Task);
    this.#readout.backward(states, outputs, this.#readoutTape, this.#dOutputs, dStates);
  };

  /**
   * Runs T steps of B sequences forward from the initial states, in pieces as long as the memory holds, and hands
   * over the outputs of each piece and its first step.
   */
  forward(inputs: Rows, steps: number, batch: number, use: (outputs: View, from: number) => void): void {
    const { unrolled } = this;
    const { segment } = unrolled.plan;
    this.#readout.prepare();
    for (let from = 0; from < steps; from += segment) {
      const count = Math.min(segment, steps - from);
      if (from > 0)
        for (const { initialState, finalState } of unrolled.layers)
          this.arena.kernels.copy(initialState, finalState);
      unrolled.forward(rowsOf(inputs, from * batch, count * batch), count, batch);
      use(this.#outputsOf(unrolled.outputs), from);
    }
  }

  /** Losses of the outputs of the steps from `from` on; their gradient by the outputs only if asked. */
  lossOf(outputs: View, from: number, dOutputs: View | undefined, task: Task): void {
    const { batch, loss, scale } = task;
    const first = from * batch.batch;
    this.#targets.rows = this.#weights.rows = this.#losses.rows = outputs.rows;
    load(this.#targets, batch.targets, first);
    if (batch.weights) load(this.#weights, batch.weights, first);
    const weights = batch.weights && this.#weights;
    loss.evaluate(this.arena.kernels, this.#losses, dOutputs, outputs, this.#targets, weights, scale);
    const { data, offset } = this.#losses;
    for (let r = 0; r < outputs.rows; r++) task.losses.data[first + r] = data[offset + r];
  }

  /** The outputs of visible states: as many rows as a segment has at most. */
  #outputsOf(states: View): View {
    this.#outputs.rows = this.#readoutTape.rows = states.rows;
    this.#readout.forward(states, this.#outputs, this.#readoutTape);
    return this.#outputs;
  }
}
