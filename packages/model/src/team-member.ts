import { type FloatArray, isTokens, type Rows } from "@unroll/kernels";
import type { Loss } from "@unroll/losses";
import type { ModelParts } from "./parts.ts";
import { type TeamRoom, Workspace } from "./workspace.ts";

/** What the members of a team do together: all gradients of the staged batch, or the losses of a staged piece. */
export interface TeamTask {
  readonly kind: "gradient" | "losses";
  readonly steps: number;
  readonly batch: number;
  /** c of the reduction. */
  readonly scale: number;
  /** Whether there are weights. */
  readonly weighted: boolean;
}

/** Copies of numbers in one memory on their way to another. */
export type Numbers = readonly (FloatArray | Int32Array)[];

/**
 * Gives a task to all members of the team in a room, and resolves when all have done it. A member with memory of its own
 * needs what `give` gives; what it answers goes to `take`.
 */
export type RunTeam = (
  room: TeamRoom,
  task: TeamTask,
  give: () => Numbers,
  take: (numbers: Numbers) => void,
) => Promise<void>;

/** One of the threads that work on a model's memory, in the room that the model made there. */
export class TeamMember {
  readonly #workspace: Workspace;

  /**
   * @param parts those of the model
   * @param member which member this is, from 0 to `room.plan.threads` - 1
   * @param meet returns when all members have called it
   */
  constructor(parts: ModelParts, room: TeamRoom, member: number, meet: () => void) {
    const size = room.plan.threads ?? 1;
    this.#workspace = new Workspace(parts, room.plan, { room, team: { size, member, meet } });
  }

  /** `run` of a member with memory of its own: takes what the task needs and gives back its results. */
  runOn(given: Numbers, task: TeamTask, loss: Loss): Numbers {
    const rows = task.steps * task.batch;
    setNumbers(this.#workspace.given(rows), given);
    this.run(task, loss);
    return numbersOf(this.#workspace.results(rows));
  }

  /** Does this member's share of a task. */
  run({ kind, steps, batch, scale, weighted }: TeamTask, loss: Loss): void {
    const workspace = this.#workspace;
    const { stage } = workspace;
    if (!stage) return;
    const rows = steps * batch;
    const staged = {
      steps,
      batch,
      inputs: stage.inputs(rows),
      targets: stage.targets(rows),
      weights: weighted ? stage.weights(rows) : undefined,
    };
    const task = { batch: staged, loss, scale, losses: stage.losses(rows) };
    if (kind === "gradient") workspace.gradient(task);
    else workspace.forwardLosses(task);
  }
}

/** Copies of rows without gaps. */
export function numbersOf(all: readonly Rows[]): Numbers {
  return all.map((one) => one.data.slice(one.offset, one.offset + (isTokens(one) ? one.rows : one.size)));
}

/** Puts such copies into their places. */
export function setNumbers(places: readonly Rows[], numbers: Numbers): void {
  for (const [i, { data, offset }] of places.entries()) data.set(numbers[i], offset);
}
