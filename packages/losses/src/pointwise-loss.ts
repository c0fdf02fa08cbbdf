import { flushLimit, type Kernels, OptionError, type Rows, type View } from "@unroll/kernels";
import { checkFeatures, type Features } from "./features.ts";
import type { Loss } from "./loss.ts";

/** What `pointwiseLoss` makes a loss of. */
export interface PointwiseLossOptions {
  readonly name: string;
  /** ℓ(o, y) of one number. */
  readonly value: (o: number, y: number) => number;
  /** ∂ℓ/∂o. */
  readonly derivative: (o: number, y: number) => number;
  /** "sum" or "mean" over the p columns of a row. Default "sum". */
  readonly features?: Features | undefined;
  /** The values a target may have; every finite number unless given. */
  readonly targetRange?: readonly [low: number, high: number] | undefined;
}

/**
 * A loss of one's own, number by number: ℓ(o, y) = Σ_j ℓ(o_j, y_j), or that over p with `features: "mean"`.
 *
 * It computes in float64, whatever the element type, sums over columns ascending and rounds once, when a result is
 * stored. `value` and `derivative` must not use `Math.exp` and its like if results are to have the same bits on
 * every engine: `elementary64` of `@unroll/kernels` has such functions.
 * @throws OptionError if the name is empty, a function is missing, or `features` or `targetRange` is wrong
 */
export function pointwiseLoss(options: PointwiseLossOptions): Loss {
  const { name, value, derivative, features = "sum", targetRange } = options;
  if (typeof name !== "string" || name === "") {
    throw new OptionError("pointwiseLoss", "name", name, "a non-empty string");
  }
  if (typeof value !== "function") throw new OptionError("pointwiseLoss", "value", value, "a function");
  if (typeof derivative !== "function") {
    throw new OptionError("pointwiseLoss", "derivative", derivative, "a function");
  }
  checkFeatures("pointwiseLoss", features);
  if (targetRange && !(targetRange[0] <= targetRange[1])) {
    throw new OptionError("pointwiseLoss", "targetRange", targetRange, "[low, high] with low ≤ high");
  }
  return {
    name,
    targets: "matrix",
    targetRange,

    evaluate(
      kernels: Kernels,
      losses: View,
      dOutputs: View | undefined,
      outputs: View,
      targets: Rows,
      weights: View | undefined,
      scale: number,
    ): void {
      const limit = flushLimit(kernels.type);
      const Y = targets as View;
      const o = outputs.data;
      const y = Y.data;
      const columns = outputs.columns;
      const divisor = features === "mean" ? columns : 1;
      for (let r = 0; r < outputs.rows; r++) {
        const weight = weights ? weights.data[weights.offset + r * weights.stride] : 1;
        const at = outputs.offset + r * outputs.stride;
        const aim = Y.offset + r * Y.stride;
        let sum = 0;
        if (weight !== 0) for (let c = 0; c < columns; c++) sum += value(o[at + c], y[aim + c]);
        losses.data[losses.offset + r * losses.stride] = weight === 0 ? 0 : weight * (sum / divisor);
        if (!dOutputs) continue;
        const d = dOutputs.data;
        const to = dOutputs.offset + r * dOutputs.stride;
        const factor = (scale * weight) / divisor;
        for (let c = 0; c < columns; c++) {
          d[to + c] = weight === 0 ? 0 : flush(factor * derivative(o[at + c], y[aim + c]), limit);
        }
      }
    },
  };
}

/** Numbers below the limit become +0; NaN stays NaN. */
function flush(x: number, limit: number): number {
  return x < limit && x > -limit ? 0 : x;
}
