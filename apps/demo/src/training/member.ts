import type { SequenceModel } from "@unroll/model";
import type { Position } from "@unroll/train";
import { Best } from "./best.ts";

/** One network of a run: the one in training, or one that is done. */
export interface Member {
  readonly seed: number;
  readonly model: SequenceModel;
  readonly best: Best;
  /** Where in the data its next update starts. */
  position: Position;
}

/** A network before its first update. */
export function newMember(seed: number, model: SequenceModel): Member {
  return { seed, model, best: new Best(model), position: { epoch: 0, from: 0 } };
}

/** Updates that a network has had. */
export function updatesOf({ model }: Member): number {
  return model.optimizerState?.step ?? 0;
}
