import { ALONE, doesAll, type OutputGradient, reserveForEach, type Team, Unrolled } from "@unroll/bptt";
import { Arena, attach, load, type Rows, type SharedMemory, share, type View } from "@unroll/kernels";
import type { Loss } from "@unroll/losses";
import type { OptimizerState } from "@unroll/optim";
import type { BoundReadout } from "@unroll/rnn-cell";
import type { Batch } from "./batch.ts";
import type { ModelParts } from "./parts.ts";
import type { Plan } from "./plan.ts";
import { RowRoom, rowRoom } from "./row-room.ts";
import { rowsOf } from "./rows.ts";
import { Stage } from "./stage.ts";
import { StreamRoom } from "./stream-room.ts";

/** A batch under way: its losses are written to `losses`, T·B×1. */
export interface Task {
  batch: Batch;
  loss: Loss;
  /** c of the reduction. */
  scale: number;
  losses: View;
}

/** What a thread must know to work on memory that another one made. Can be posted. */
export interface TeamRoom {
  readonly plan: Omit<Plan, "optimizer">;
  /** Bytes that belong to the optimizer, of which members know nothing. */
  readonly optimizerBytes: number;
  /** Undefined if the member makes memory of its own. */
  readonly memory: SharedMemory | undefined;
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
  /** If a team works here. */
  readonly stage: Stage | undefined;
  readonly room: TeamRoom | undefined;

  readonly #readout: BoundReadout;
  readonly #team: Team;
  readonly #readoutTape: RowRoom<View>;
  readonly #outputs: RowRoom<View>;
  readonly #dOutputs: RowRoom<View>;
  readonly #targets: RowRoom<Rows>;
  readonly #weights: RowRoom<View>;
  readonly #losses: RowRoom<View>;
  #task: Task | undefined;

  /** A plan with threads is that of a team, in which this thread looks on; or a member of one, in a room it made. */
  constructor(parts: ModelParts, plan: Plan, member?: { readonly team: Team; readonly room: TeamRoom }) {
    const { type, cells, readout, kernels } = parts;
    const arena = new Arena(type, kernels);
    const inCells = cells.reduce((sum, cell) => sum + cell.parameters.size, 0);
    const inReadout = readout.parameters.size;
    const team = member?.team ?? (plan.threads ? onlooker(plan.threads) : ALONE);
    this.plan = plan;
    this.arena = arena;
    this.#team = team;
    this.parameters = arena.matrix(1, inCells + inReadout);
    this.gradients = arena.matrix(1, inCells + inReadout);
    const beforeOptimizer = arena.bytes;
    if (member) arena.tokens(member.room.optimizerBytes / 4);
    else this.optimizerState = plan.optimizer?.reserve(arena, inCells + inReadout);
    const optimizerBytes = arena.bytes - beforeOptimizer;
    const ofCells = (of: View): View => arena.part(of, 0, 1, inCells);
    const ofReadout = (of: View): View => arena.part(of, inCells, 1, inReadout);
    this.unrolled = new Unrolled(arena, cells, ofCells(this.parameters), ofCells(this.gradients), {
      steps: plan.steps,
      batch: plan.batch,
      tokens: plan.tokenInputs,
      truncation: plan.truncation,
      checkpoint: plan.checkpoint,
      team,
    });
    const [theta, g] = [ofReadout(this.parameters), ofReadout(this.gradients)];
    this.#readout = reserveForEach(team, () => readout.bind(arena, theta, g));
    this.stream = new StreamRoom(arena, this.unrolled, this.#readout, readout);

    const rows = this.unrolled.plan.segment * plan.batch;
    const matrix = (columns: number): RowRoom<View> => new RowRoom(arena.matrix(rows, columns));
    this.#readoutTape = matrix(readout.tapeSize);
    this.#outputs = matrix(readout.outputSize);
    this.#dOutputs = matrix(readout.outputSize);
    this.#losses = matrix(1);
    this.#weights = matrix(1);
    this.#targets = rowRoom(arena, plan.tokenTargets, rows, readout.outputSize);
    if (team !== ALONE) this.stage = new Stage(arena, plan, cells[0].inputSize, readout.outputSize);
    const memory = member?.room.memory;
    if (memory) attach(arena, memory, team.member + 1);
    else if (member || team === ALONE) arena.commit();
    else {
      const { optimizer: _, ...postable } = plan;
      const shared = plan.apart ? undefined : share(arena, team.size + 1);
      if (!shared) arena.commit();
      this.room = { plan: postable, optimizerBytes, memory: shared };
    }
  }

  /** Numbers that a member with memory of its own needs for a task of so many rows, and those that it gives back. */
  given(rows: number): Rows[] {
    const { parameters, unrolled, stage } = this;
    const staged = stage ? [stage.inputs(rows), stage.targets(rows), stage.weights(rows)] : [];
    return [parameters, ...staged, ...unrolled.layers.map(({ initialState }) => initialState)];
  }

  results(rows: number): Rows[] {
    const { gradients, unrolled, stage } = this;
    const staged = stage ? [stage.losses(rows)] : [];
    return [gradients, ...staged, ...unrolled.layers.map(({ finalState }) => finalState)];
  }

  /** Forward, losses and all gradients of a batch from the initial states. The gradients start from zero. */
  gradient(task: Task): void {
    const { inputs, steps, batch } = task.batch;
    this.#task = task;
    // Members add to the gradients only after they have met.
    if (doesAll(this.#team) || this.#team.member === 0) this.arena.kernels.fill(this.gradients, 0);
    this.#readout.prepare();
    this.unrolled.forward(inputs, steps, batch);
    this.unrolled.backward(this.#outputGradient);
  }

  readonly #outputGradient: OutputGradient = (from, to, states, dStates, row) => {
    const { batch } = (this.#task as Task).batch;
    const first = row - from * batch;
    if (states.rows > 0) {
      const outputs = this.#outputsOf(states, first);
      const dOutputs = this.#dOutputs.at(first, states.rows);
      this.#lossOf(outputs, row, first, dOutputs, this.#task as Task);
      this.#readout.stateGradient(outputs, this.#readoutTape.at(first, states.rows), dOutputs, dStates);
    }
    const team = this.#team;
    team.meet();
    const { layers } = this.unrolled;
    const all = layers[layers.length - 1].visible.range(1, to - from + 1);
    const dOutputs = this.#dOutputs.at(0, all.rows);
    if (doesAll(team)) this.#readout.accumulate(all, dOutputs);
    else this.#readout.accumulate(all, dOutputs, team.member, team.size);
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
      if (from > 0) this.goOn();
      unrolled.forward(rowsOf(inputs, from * batch, count * batch), count, batch);
      use(this.#outputsOf(unrolled.outputs, 0), from);
    }
  }

  /** The final states become the initial ones. */
  goOn(): void {
    for (const { initialState, finalState } of this.unrolled.layers)
      this.arena.kernels.copy(initialState, finalState);
  }

  /** The losses of one piece, forward only, from the initial states; in a team, of this thread's share of the rows. */
  forwardLosses(task: Task): void {
    const { inputs, steps, batch } = task.batch;
    this.#readout.prepare();
    this.unrolled.forward(inputs, steps, batch);
    const { outputs, row } = this.unrolled.outputShare;
    if (outputs.rows > 0) this.#lossOf(this.#outputsOf(outputs, row), row, row, undefined, task);
  }

  /** Losses of the outputs of the steps from `from` on. */
  lossOf(outputs: View, from: number, task: Task): void {
    this.#lossOf(outputs, from * task.batch.batch, 0, undefined, task);
  }

  /** Losses of outputs, the first of them row `row` of the batch and row `first` of the segment; their gradient if asked. */
  #lossOf(outputs: View, row: number, first: number, dOutputs: View | undefined, task: Task): void {
    const { batch, loss, scale } = task;
    const { rows } = outputs;
    const targets = this.#targets.at(first, rows);
    const losses = this.#losses.at(first, rows);
    const weights = batch.weights && this.#weights.at(first, rows);
    load(targets, batch.targets, row);
    if (batch.weights && weights) load(weights, batch.weights, row);
    loss.evaluate(this.arena.kernels, losses, dOutputs, outputs, targets, weights, scale);
    const to = task.losses.offset + row;
    for (let r = 0; r < rows; r++) task.losses.data[to + r] = losses.data[losses.offset + r];
  }

  /** The outputs of visible states, kept from row `first` of the segment on. */
  #outputsOf(states: View, first: number): View {
    const outputs = this.#outputs.at(first, states.rows);
    this.#readout.forward(states, outputs, this.#readoutTape.at(first, states.rows));
    return outputs;
  }
}

function onlooker(size: number): Team {
  return { size, member: size, meet: () => undefined };
}
