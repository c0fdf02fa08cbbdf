import { OptionError } from "@unroll/kernels";

/**
 * Truncated back-propagation through time, BPTT(k2; k1) of Williams and Peng (1990): after steps k1, 2k1, … and T,
 * the losses of the steps since the last time flow back through k2 steps.
 */
export interface Truncation {
  /** Steps between two backward sweeps. */
  readonly k1: number;
  /** Steps that a backward sweep visits. With k2 < k1 the older losses of the k1 steps are dropped. */
  readonly k2: number;
}

/** One backward sweep over the steps `from` … `to` - 1 (counted from 0), with the losses of `lossFrom` … `to` - 1. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly lossFrom: number;
}

/**
 * The backward sweeps over T steps, in order of time. The last one has the losses that are left and, like the others,
 * goes back k2 steps. Without truncation it is one sweep over everything.
 * @throws OptionError if k1 or k2 is not a positive integer
 */
export function windows(T: number, truncation: Truncation | undefined): Window[] {
  if (!truncation) return [{ from: 0, to: T, lossFrom: 0 }];
  checkTruncation(truncation);
  const { k1, k2 } = truncation;
  const sweeps: Window[] = [];
  for (let start = 0; start < T; start += k1) {
    const to = Math.min(start + k1, T);
    const from = Math.max(0, to - k2);
    sweeps.push({ from, to, lossFrom: Math.max(start, from) });
  }
  return sweeps;
}

/**
 * Whether some run of at most T steps visits a step in two sweeps. With 1 < k2 ≤ k1 this is so where the last sweep is
 * short of losses: it goes back k2 steps all the same.
 */
export function sweepsOverlap(T: number, { k1, k2 }: Truncation): boolean {
  return k2 > 1 && T > k1;
}

/** @throws OptionError if k1 or k2 is not a positive integer */
export function checkTruncation(truncation: Truncation): void {
  for (const name of ["k1", "k2"] as const) {
    if (!Number.isSafeInteger(truncation[name]) || truncation[name] < 1) {
      throw new OptionError("bptt", `truncation.${name}`, truncation[name], "a positive integer");
    }
  }
}
