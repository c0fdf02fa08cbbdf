import type { Schedule } from "../optimizer.ts";
import { nonNegative, stepCount } from "../options.ts";

/** A straight line: η(t) = from + (to - from) · t/steps, then `to`. @throws OptionError */
export function linear(from: number, to: number, steps: number): Schedule {
  nonNegative("linear", "from", from);
  nonNegative("linear", "to", to);
  stepCount("linear", "steps", steps);
  return (step) => (step < steps ? from + ((to - from) * step) / steps : to);
}
