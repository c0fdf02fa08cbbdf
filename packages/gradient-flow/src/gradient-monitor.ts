import type { BackwardStep } from "@unroll/bptt";
import { ShapeError } from "@unroll/kernels";
import { checkCount } from "./jacobians.ts";
import { log } from "./scale.ts";

/**
 * The size of δ_t = dL/dh_t at every step of every layer, while a network trains: `take` is a hook for `onBackwardStep`
 * of @unroll/bptt. It allocates nothing.
 */
export class GradientMonitor {
  readonly #steps: number;
  /** By layer and step: mean over the sequences of ‖δ_t‖². */
  readonly #squares: Float64Array;

  /**
   * @param size layers, and T: the most steps that a batch may have
   * @throws ValueError if one is not a positive integer
   */
  constructor({ layers, steps }: { readonly layers: number; readonly steps: number }) {
    checkCount("GradientMonitor", "layers", layers, Number.MAX_SAFE_INTEGER);
    checkCount("GradientMonitor", "steps", steps, Number.MAX_SAFE_INTEGER);
    this.#steps = steps;
    this.#squares = new Float64Array(layers * steps).fill(Number.NaN);
  }

  /** @throws ShapeError if there is no room for the layer or step */
  readonly take = ({ layer, step, dState: { data, offset, rows, columns, stride } }: BackwardStep): void => {
    const T = this.#steps;
    const layers = this.#squares.length / T;
    if (layer >= layers || step >= T)
      throw new ShapeError("GradientMonitor", "step", [layer + 1, step + 1], [`≤ ${layers}`, `≤ ${T}`]);
    let sum = 0;
    for (let r = 0; r < rows; r++) {
      const start = offset + r * stride;
      for (let i = start; i < start + columns; i++) sum += data[i] * data[i];
    }
    this.#squares[layer * T + step] = sum / rows;
  };

  /** ln of the root mean square of ‖δ_t‖ over the sequences, t = 1 … T, as last seen; NaN where nothing was. */
  logNorms(layer = 0): Float64Array {
    return this.#squares.slice(layer * this.#steps, (layer + 1) * this.#steps).map((x) => 0.5 * log(x));
  }
}
