import { OptionError, type View } from "@unroll/kernels";
import type { RandomState } from "../random/random-state.ts";

/**
 * Gives a matrix its first values. A weight matrix W is rows×columns = fan-out×fan-in: `h = W x`.
 *
 * Values are computed in float64, drawn row by row, and rounded once when stored.
 */
export type Initializer = (target: View, random: RandomState) => void;

/** @throws OptionError unless the value is a finite number, not below `least` */
export function finiteOption(where: string, name: string, value: number, least: number = -Infinity): number {
  if (Number.isFinite(value) && value >= least) return value;
  throw new OptionError(where, name, value, least === 0 ? "a finite number, 0 or more" : "a finite number");
}
