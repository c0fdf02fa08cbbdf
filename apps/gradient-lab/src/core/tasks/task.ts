import type { Initializer, RandomState } from "@unroll/linalg";
import type { Loss } from "@unroll/losses";
import type { Batch } from "@unroll/model";

/** What a network reads and has to say. */
export interface Task {
  /** I and O of the network. */
  readonly inputs: number;
  readonly outputs: number;
  /** Inputs are tokens, not rows of numbers. */
  readonly tokens: boolean;
  readonly loss: Loss;
  readonly W_xh: Initializer;
  /** B sequences of T steps, drawn one after the other. */
  sequences(T: number, B: number, random: RandomState): Batch;
  /** The sequence that the lab shows; the first that `sequences` draws unless the task has one of its own. */
  shown?(T: number): Batch;
  /** The sequence of a batch of one in words, a few characters for each step. */
  words(batch: Batch): Words;
}

export interface Words {
  /** What stands on the axes. */
  readonly labels: readonly string[];
  readonly input: readonly string[];
  readonly target: readonly string[];
}

/** "1", "2", … */
export function stepNumbers(T: number): string[] {
  return Array.from({ length: T }, (_, t) => String(t + 1));
}
