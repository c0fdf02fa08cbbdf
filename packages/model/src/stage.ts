import { type Arena, load, type Rows, type View } from "@unroll/kernels";
import type { Plan } from "./plan.ts";
import { type RowRoom, rowRoom } from "./row-room.ts";

/** A batch, or a piece of one, in the shared memory of a team, and its losses. */
export class Stage {
  readonly #inputs: RowRoom<Rows>;
  readonly #targets: RowRoom<Rows>;
  readonly #weights: RowRoom<Rows>;
  readonly #losses: RowRoom<Rows>;

  constructor(arena: Arena, plan: Plan, inputs: number, outputs: number) {
    const rows = plan.steps * plan.batch;
    this.#inputs = rowRoom(arena, plan.tokenInputs, rows, inputs);
    this.#targets = rowRoom(arena, plan.tokenTargets, rows, outputs);
    this.#weights = rowRoom(arena, false, rows, 1);
    this.#losses = rowRoom(arena, false, rows, 1);
  }

  inputs(rows: number): Rows {
    return this.#inputs.at(0, rows);
  }

  targets(rows: number): Rows {
    return this.#targets.at(0, rows);
  }

  weights(rows: number): View {
    return this.#weights.at(0, rows) as View;
  }

  losses(rows: number): View {
    return this.#losses.at(0, rows) as View;
  }

  /** Takes over `count` rows from row `first` on. */
  put(
    {
      inputs,
      targets,
      weights,
    }: { readonly inputs: Rows; readonly targets: Rows; readonly weights?: View | undefined },
    first: number,
    count: number,
  ): void {
    load(this.inputs(count), inputs, first);
    load(this.targets(count), targets, first);
    if (weights) load(this.weights(count), weights, first);
  }

  /** Adds `count` losses to those of a batch, from its row `first` on. */
  take(losses: View, first: number, count: number): void {
    const { data, offset } = this.losses(count);
    for (let r = 0; r < count; r++) losses.data[losses.offset + first + r] = data[offset + r];
  }
}
