import type { Schedule } from "../optimizer.ts";
import { nonNegative } from "../options.ts";

/** The same rate at every step; what a plain number as `learningRate` means. @throws OptionError */
export function constant(rate: number): Schedule {
  nonNegative("constant", "rate", rate);
  return () => rate;
}
