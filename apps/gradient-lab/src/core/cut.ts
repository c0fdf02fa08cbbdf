import { windows } from "@unroll/bptt";
import type { Settings } from "./settings.ts";
import { truncationOf } from "./training/training-options.ts";

/** For each step t (from 1, at place t - 1): the earliest step that its loss reaches under truncation, from 1. */
export function reachOf(settings: Settings, T: number): Int32Array {
  const earliest = new Int32Array(T).fill(1);
  for (const { from, to, lossFrom } of windows(T, truncationOf(settings)))
    earliest.fill(from + 1, lossFrom, to);
  return earliest;
}

/** Whether truncation throws away what the loss of step t says about step k (both from 1). */
export function isCut(settings: Settings, t: number, k: number, T: number = settings.steps): boolean {
  return settings.truncate !== null && k < reachOf(settings, T)[t - 1];
}
