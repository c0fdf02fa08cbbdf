import { flushLimit, type Kernels, OptionError, type View } from "@unroll/kernels";
import type { ElementwiseActivation } from "./activation.ts";

/** What `elementwise` makes an activation of. */
export interface ElementwiseOptions {
  readonly name: string;
  /** σ(z). */
  readonly value: (z: number) => number;
  /** σ′(z), where y = σ(z). If it reads only y, set `needsInput` to false: then z is NaN. */
  readonly derivative: (z: number, y: number) => number;
  /** Whether `derivative` reads z. Default true. */
  readonly needsInput?: boolean | undefined;
  /** γ = sup |σ′|, where it is known. */
  readonly slope?: number | undefined;
}

/**
 * An activation of one's own: y = σ(z) for every element.
 *
 * `value` and `derivative` compute in float64; a result is rounded once, when it is stored. They must not use
 * `Math.exp` and its like if results are to have the same bits on every engine: `elementary64` of
 * `@unroll/kernels` has such functions.
 * @throws OptionError if the name is empty, a function is missing or the slope is not a non-negative number
 */
export function elementwise(options: ElementwiseOptions): ElementwiseActivation {
  const { name, value, derivative, needsInput = true, slope } = options;
  if (typeof name !== "string" || name === "") {
    throw new OptionError("elementwise", "name", name, "a non-empty string");
  }
  if (typeof value !== "function") throw new OptionError("elementwise", "value", value, "a function");
  if (typeof derivative !== "function") {
    throw new OptionError("elementwise", "derivative", derivative, "a function");
  }
  if (slope !== undefined && !(slope >= 0)) {
    throw new OptionError("elementwise", "slope", slope, "a number ≥ 0");
  }
  return {
    name,
    needsInput,
    slope,
    value,
    derivative,

    forward(_kernels: Kernels, Y: View, Z: View): void {
      const y = Y.data;
      const z = Z.data;
      for (let r = 0; r < Y.rows; r++) {
        const to = Y.offset + r * Y.stride;
        const from = Z.offset + r * Z.stride;
        for (let c = 0; c < Y.columns; c++) y[to + c] = value(z[from + c]);
      }
    },

    backward(kernels: Kernels, dZ: View, Z: View | undefined, Y: View, dY: View): void {
      const limit = flushLimit(kernels.type);
      const dz = dZ.data;
      const y = Y.data;
      const dy = dY.data;
      for (let r = 0; r < dZ.rows; r++) {
        const to = dZ.offset + r * dZ.stride;
        const at = Y.offset + r * Y.stride;
        const from = dY.offset + r * dY.stride;
        const input = Z ? Z.offset + r * Z.stride : 0;
        for (let c = 0; c < dZ.columns; c++) {
          const z = Z ? Z.data[input + c] : Number.NaN;
          dz[to + c] = flush(derivative(z, y[at + c]) * dy[from + c], limit);
        }
      }
    },
  };
}

/** Numbers below the limit become +0; NaN stays NaN. */
export function flush(x: number, limit: number): number {
  return x < limit && x > -limit ? 0 : x;
}
