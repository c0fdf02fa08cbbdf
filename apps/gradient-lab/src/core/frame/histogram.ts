import type { Histogram } from "../frame.ts";

const BINS = 20;

/** Counts of values in 20 equal bins from 0 to `to`, which falls into the last one. */
export function histogram(values: Iterable<number>, to: number): Histogram {
  const counts = new Float64Array(BINS);
  for (const value of values) {
    const bin = Math.floor((BINS * value) / to);
    if (bin >= 0) counts[Math.min(bin, BINS - 1)]++;
  }
  return { from: 0, to, counts };
}
