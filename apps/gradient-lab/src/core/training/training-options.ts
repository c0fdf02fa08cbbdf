import type { Plan } from "@unroll/model";
import type { Settings } from "../settings.ts";

/** Training ends here: a link can be opened by making all updates again. */
export const MOST_UPDATES = 20_000;

/** What may change in the course of training; all other settings make another network. */
export type TrainingOptions = Pick<
  Settings,
  "steps" | "truncate" | "cut" | "clip" | "threshold" | "optimizer" | "rate"
>;

/** Updates from `from` on are made with these options, until the next section begins. */
export interface Section {
  readonly from: number;
  readonly options: TrainingOptions;
}

export function trainingOptions(settings: Settings): TrainingOptions {
  const { steps, truncate, cut, clip, threshold, optimizer, rate } = settings;
  return { steps, truncate, cut, clip, threshold, optimizer, rate };
}

/** Settings with the same origin have the same network before training. */
export function originOf(settings: Settings): string {
  const { cell, hidden, init, gain, input, noise, start, text, seed } = settings;
  return JSON.stringify([cell, hidden, init, gain, input, noise, start, text, seed]);
}

/** (1; K): every loss reaches back K steps. (K; K): the sequence in pieces of K steps. */
export function truncationOf({ truncate: K, cut }: TrainingOptions): Plan["truncation"] {
  if (K === null) return undefined;
  return { k1: cut === "sliding" ? 1 : K, k2: K };
}

/** A course without changes: all updates are made with the options of the settings. */
export function simply(settings: Settings): readonly Section[] {
  return [{ from: 0, options: trainingOptions(settings) }];
}

/** Whether options, or sections, are the same. */
export function same<Some extends TrainingOptions | readonly Section[]>(a: Some, b: Some): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
