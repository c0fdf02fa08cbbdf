import { OptionError } from "@unroll/kernels";
import { finiteOption, type Initializer } from "./initializer.ts";

/**
 * W_ij = mean + sd · g_ij, g_ij standard normal.
 * @throws OptionError unless mean and sd are finite and sd is not negative
 */
export function gaussian({ sd, mean = 0 }: { readonly sd: number; readonly mean?: number }): Initializer {
  finiteOption("gaussian", "sd", sd, 0);
  finiteOption("gaussian", "mean", mean);
  return (target, random) => random.fillNormal(target, mean, sd);
}

/**
 * W_ij uniform on [low, high).
 * @throws OptionError unless low and high are finite and low is not above high
 */
export function uniform({ low, high }: { readonly low: number; readonly high: number }): Initializer {
  finiteOption("uniform", "low", low);
  finiteOption("uniform", "high", high);
  if (low > high) throw new OptionError("uniform", "high", high, `at least low (${low})`);
  return (target, random) => random.fillUniform(target, low, high);
}

/**
 * W_ij uniform on [-a, a), a = gain · √(6 / (fan-in + fan-out)), so that W_ij has the variance of `glorotNormal`.
 *
 * Glorot, Bengio, "Understanding the difficulty of training deep feedforward neural networks" (2010).
 * @throws OptionError unless the gain is finite
 */
export function glorotUniform({ gain = 1 }: { readonly gain?: number } = {}): Initializer {
  finiteOption("glorotUniform", "gain", gain);
  return (target, random) => {
    const a = gain * Math.sqrt(6 / (target.columns + target.rows));
    random.fillUniform(target, -a, a);
  };
}

/**
 * W_ij normal with mean 0 and sd = gain · √(2 / (fan-in + fan-out)).
 *
 * Glorot, Bengio (2010), as `glorotUniform`.
 * @throws OptionError unless the gain is finite
 */
export function glorotNormal({ gain = 1 }: { readonly gain?: number } = {}): Initializer {
  finiteOption("glorotNormal", "gain", gain);
  return (target, random) => {
    random.fillNormal(target, 0, gain * Math.sqrt(2 / (target.columns + target.rows)));
  };
}

/**
 * W_ij normal with mean 0 and sd = √(2 / ((1 + slope²) · fan-in)), for units that are z for z > 0 and slope · z below.
 *
 * He, Zhang, Ren, Sun, "Delving deep into rectifiers" (2015), equations 10 and 15.
 * @throws OptionError unless the slope is finite
 */
export function heNormal({ slope = 0 }: { readonly slope?: number } = {}): Initializer {
  finiteOption("heNormal", "slope", slope);
  return (target, random) => {
    random.fillNormal(target, 0, Math.sqrt(2 / ((1 + slope * slope) * target.columns)));
  };
}
