import { RandomState } from "@unroll/linalg";

/** What is drawn. Each has a stream of its own, so that another input leaves the weights as they are. */
export type Purpose = "W_hh" | "W_xh" | "W_hy" | "sequence" | "training";

const PLACE: Readonly<Record<Purpose, number>> = { W_hh: 0, W_xh: 1, W_hy: 2, sequence: 3, training: 4 };

/** The random numbers for a purpose under a seed of the lab; `index` counts the training updates. */
export function stream(seed: number, purpose: Purpose, index = 0): RandomState {
  const GOLDEN = 0x9e3779b9; // far apart, and the first purpose has the seed itself
  return new RandomState((seed + PLACE[purpose] * GOLDEN + index) >>> 0);
}
