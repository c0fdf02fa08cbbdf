import { OptionError } from "@unroll/kernels";
import type { Schedule } from "../optimizer.ts";
import { stepCount } from "../options.ts";

/**
 * Rises to the first rate of a schedule in `steps` updates, then follows it: η(t) = schedule(0) · (t+1)/steps for
 * t + 1 < steps, then schedule(t + 1 - steps). The first update already has a rate above 0.
 * @throws OptionError
 */
export function withWarmup(schedule: Schedule, steps: number): Schedule {
  if (typeof schedule !== "function")
    throw new OptionError("withWarmup", "schedule", schedule, "a function of the step");
  stepCount("withWarmup", "steps", steps);
  return (step) => (step + 1 < steps ? (schedule(0) * (step + 1)) / steps : schedule(step + 1 - steps));
}
