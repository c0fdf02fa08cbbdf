import { load, View } from "@unroll/kernels";
import type { SequenceModel } from "@unroll/model";

/** The parameters that did best on the validation part: those with the smallest value. */
export class Best {
  step = 0;
  value: number = Number.POSITIVE_INFINITY;
  readonly #parameters: View;

  constructor({ parameters }: SequenceModel) {
    this.#parameters = new View(new Float32Array(parameters.size), 0, 1, parameters.size);
  }

  /** Keeps the model's parameters if they did better than all before. */
  offer(model: SequenceModel, step: number, value: number): boolean {
    if (value >= this.value) return false;
    this.keep(model.parameters, step, value);
    return true;
  }

  keep(parameters: View, step: number, value: number): void {
    load(this.#parameters, parameters);
    this.step = step;
    this.value = value;
  }

  /** The model's parameters ← the best ones. */
  restore(model: SequenceModel): void {
    load(model.parameters, this.#parameters);
    model.parametersChanged();
  }

  /** The parameters, 1×N. */
  get parameters(): View {
    return this.#parameters;
  }
}
