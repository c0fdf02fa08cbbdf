import { elementary64 } from "@unroll/kernels";
import type { Schedule } from "../optimizer.ts";
import { nonNegative, positive, stepCount } from "../options.ts";
import { power } from "../power.ts";

/** A constant factor every so many steps, reached gradually: η(t) = from · factor^(t/every). @throws OptionError */
export function exponential(from: number, factor: number, every: number = 1): Schedule {
  nonNegative("exponential", "from", from);
  positive("exponential", "factor", factor);
  stepCount("exponential", "every", every);
  const logarithm = elementary64.log(factor);
  return (step) => {
    const whole = Math.floor(step / every);
    const part = (step - whole * every) / every;
    return from * power(factor, whole) * (part === 0 ? 1 : elementary64.exp(part * logarithm));
  };
}
