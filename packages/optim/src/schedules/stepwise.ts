import { OptionError } from "@unroll/kernels";
import type { Schedule } from "../optimizer.ts";
import { nonNegative, stepCount } from "../options.ts";

/**
 * A new rate from each of some steps on: η(t) = `from`, and from step s_i on r_i, for changes [[s_1, r_1], …].
 * @throws OptionError if the steps don't ascend
 */
export function stepwise(
  from: number,
  changes: readonly (readonly [step: number, rate: number])[],
): Schedule {
  nonNegative("stepwise", "from", from);
  const steps: number[] = [];
  const rates: number[] = [];
  for (const [step, rate] of changes) {
    const before = steps.at(-1);
    stepCount("stepwise", "step", step);
    if (before !== undefined && step <= before)
      throw new OptionError("stepwise", "step", step, `more than the step before, ${before}`);
    steps.push(step);
    rates.push(nonNegative("stepwise", "rate", rate));
  }
  return (step) => {
    let rate = from;
    for (let i = 0; i < steps.length && step >= steps[i]; i++) rate = rates[i];
    return rate;
  };
}
