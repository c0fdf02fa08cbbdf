import type { Schedule } from "../optimizer.ts";
import { nonNegative, stepCount } from "../options.ts";

/**
 * η(t) = from · √(steps/(steps + t)): halved after 3 · steps.
 *
 * `withWarmup(inverseSquareRoot(from, s), s)` is the schedule of Vaswani et al., arXiv:1706.03762, with s warm-up steps and
 * the top rate `from`.
 * @throws OptionError
 */
export function inverseSquareRoot(from: number, steps: number): Schedule {
  nonNegative("inverseSquareRoot", "from", from);
  stepCount("inverseSquareRoot", "steps", steps);
  return (step) => from * Math.sqrt(steps / (steps + step));
}
