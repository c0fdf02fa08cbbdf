import type { SequenceModel, Stream } from "@unroll/model";
import { writeInput } from "./inputs.ts";
import type { ForecastSeries } from "./prepare.ts";
import type { Rule } from "./rule.ts";

/**
 * A network as a rule: ŷ_t = base_t + shift + scale · output_t, or with a share s below 1 that much of it and (1 − s) of
 * the reference. It remembers the rows it has followed.
 */
export class NetworkRule implements Rule {
  readonly warmUp: number;
  readonly #prepared: ForecastSeries;
  readonly #share: number;
  readonly #stream: Stream;
  /** The state before row `#next`, all rows before it being true. */
  readonly #followed: Float32Array;
  #next: number;
  /** Scaled leftovers, of true rows and of those that the network said. */
  readonly #left: Float64Array;
  readonly #input: Float32Array;
  readonly #output: Float32Array;

  /** `rows`: how many rows there will be, those to come among them. */
  constructor(model: SequenceModel, prepared: ForecastSeries, rows: number, share = 1) {
    this.#share = share;
    this.#prepared = prepared;
    this.#stream = model.stream();
    this.#followed = new Float32Array(this.#stream.state.length);
    this.#input = new Float32Array(model.inputs);
    this.#output = new Float32Array(model.outputs);
    this.#left = new Float64Array(rows * prepared.plan.columns);
    this.warmUp = prepared.start;
    this.#next = prepared.start;
  }

  follow(values: Float64Array, t: number): void {
    const { state } = this.#stream;
    const { base, start } = this.#prepared;
    if (t < this.#next) {
      this.#followed.fill(0);
      this.#next = start;
    }
    if (this.#next === start) for (let s = base.warmUp; s < start; s++) this.#observe(values, s);
    state.set(this.#followed);
    for (; this.#next < t; this.#next++) {
      this.#step(this.#next);
      this.#observe(values, this.#next);
    }
    this.#followed.set(state as Float32Array);
  }

  predict(values: Float64Array, t: number): void {
    const { base, reference, plan, fitted } = this.#prepared;
    const { shift, scale } = fitted.scaling;
    const at = t * plan.columns;
    this.#step(t);
    reference?.predict(values, t);
    const other = values.slice(at, at + plan.columns);
    base.predict(values, t);
    for (let c = 0; c < plan.columns; c++) {
      const own = shift[c]! + scale[c]! * this.#output[c]!;
      const said = this.#share === 1 ? own : own + (1 - this.#share) * (other[c]! - values[at + c]! - own);
      this.#left[at + c] = (said - shift[c]!) / scale[c]!;
      values[at + c]! += said;
    }
  }

  #step(t: number): void {
    writeInput(this.#prepared.plan, this.#left, t, this.#input, 0);
    this.#stream.step(this.#input, this.#output);
  }

  /** The leftover of row t ← that of the true row. */
  #observe(values: Float64Array, t: number): void {
    const { base, plan, fitted } = this.#prepared;
    const { shift, scale } = fitted.scaling;
    const row = values.slice(t * plan.columns, (t + 1) * plan.columns);
    base.predict(values, t);
    for (let c = 0; c < plan.columns; c++) {
      const at = t * plan.columns + c;
      this.#left[at] = (row[c]! - values[at]! - shift[c]!) / scale[c]!;
    }
    values.set(row, t * plan.columns);
  }
}
