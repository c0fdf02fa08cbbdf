import { type OutputGradient, Unrolled } from "@unroll/bptt";
import { Arena, type ElementType, load, type Rows, type View } from "@unroll/kernels";
import type { Loss } from "@unroll/losses";
import type { OptimizerState } from "@unroll/optim";
import type { BoundReadout, Cell, Readout } from "@unroll/rnn-cell";
import type { Batch } from "./batch.ts";
import type { Plan } from "./plan.ts";
import { StreamRoom } from "./stream-room.ts";

/** The parts of a model that do not change. */
export interface Parts {
  readonly type: ElementType;
  readonly cells: readonly Cell[];
  readonly readout: Readout;
}

/** All memory of a model for one plan, in one arena: parameters, gradients, optimizer state, the unrolled stack. */
export class Workspace {
  readonly plan: Plan;
  readonly arena: Arena;
  readonly parameters: View;
  readonly gradients: View;
  readonly optimizerState: OptimizerState | undefined;
  readonly unrolled: Unrolled;
  readonly readout: BoundReadout;
  readonly stream: StreamRoom;
  /** w_r ℓ_r of every row of the batch, T·B×1. */
  readonly losses: View;

  readonly #readoutTape: View;
  readonly #outputs: View;
  readonly #dOutputs: View;
  readonly #targets: Rows;
  readonly #weights: View;
  readonly #lossesOfSegment: View;
  // What the output gradient of the running batch works with.
  #batch: Batch | undefined;
  #loss: Loss | undefined;
  #scale = 0;

  constructor({ type, cells, readout }: Parts, plan: Plan) {
    const arena = new Arena(type);
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
    this.readout = readout.bind(arena, ofReadout(this.parameters), ofReadout(this.gradients));
    this.stream = new StreamRoom(arena, this.unrolled, this.readout, readout);

    const rows = this.unrolled.plan.segment * plan.batch;
    this.losses = arena.matrix(plan.steps * plan.batch, 1);
    this.#lossesOfSegment = arena.part(this.losses, 0, rows, 1);
    this.#readoutTape = arena.matrix(rows, readout.tapeSize);
    this.#outputs = arena.matrix(rows, readout.outputSize);
    this.#dOutputs = arena.matrix(rows, readout.outputSize);
    this.#weights = arena.matrix(rows, 1);
    this.#targets = plan.tokenTargets ? arena.tokens(rows) : arena.matrix(rows, readout.outputSize);
    arena.commit();
  }

  /** Forward, loss and all gradients of a batch; fills `losses`. The gradients start from zero. */
  gradient(batch: Batch, loss: Loss, scale: number): void {
    this.#batch = batch;
    this.#loss = loss;
    this.#scale = scale;
    this.losses.rows = batch.steps * batch.batch;
    this.arena.kernels.fill(this.gradients, 0);
    this.readout.prepare();
    this.unrolled.forward(batch.inputs, batch.steps, batch.batch);
    this.unrolled.backward(this.#outputGradient);
  }

  /** The outputs of visible states (as many rows as a segment has at most). */
  outputsOf(states: View): View {
    this.#outputs.rows = this.#readoutTape.rows = states.rows;
    this.readout.forward(states, this.#outputs, this.#readoutTape);
    return this.#outputs;
  }

  /** Losses of the outputs of the steps from `from` on, into `losses`; dOutputs only if asked. */
  lossOf(
    outputs: View,
    from: number,
    dOutputs: View | undefined,
    batch: Batch,
    loss: Loss,
    scale: number,
  ): void {
    const first = from * batch.batch;
    const rows = outputs.rows;
    this.#targets.rows = this.#weights.rows = this.#lossesOfSegment.rows = rows;
    this.#lossesOfSegment.offset = this.losses.offset + first;
    load(this.#targets, batch.targets, first);
    if (batch.weights) load(this.#weights, batch.weights, first);
    const weights = batch.weights && this.#weights;
    loss.evaluate(
      this.arena.kernels,
      this.#lossesOfSegment,
      dOutputs,
      outputs,
      this.#targets,
      weights,
      scale,
    );
  }

  readonly #outputGradient: OutputGradient = (from, _to, states, dStates) => {
    const outputs = this.outputsOf(states);
    this.#dOutputs.rows = states.rows;
    this.lossOf(outputs, from, this.#dOutputs, this.#batch as Batch, this.#loss as Loss, this.#scale);
    this.readout.backward(states, outputs, this.#readoutTape, this.#dOutputs, dStates);
  };
}
