import { load, View } from "@unroll/kernels";
import type { SequenceModel } from "@unroll/model";

/** The parameters at the best validation so far. */
export class Best {
  found: { readonly step: number; readonly loss: number } | undefined;
  /** Validations since then. */
  misses = 0;
  readonly #model: SequenceModel;
  readonly #parameters: View;

  constructor(model: SequenceModel) {
    const { columns } = model.parameters;
    const data = model.type === "float32" ? new Float32Array(columns) : new Float64Array(columns);
    this.#model = model;
    this.#parameters = new View(data, 0, 1, columns);
  }

  /** Keeps the model's parameters if the loss is smaller than all before. */
  offer(loss: number, step: number): boolean {
    const better = !this.found || loss < this.found.loss;
    this.misses = better ? 0 : this.misses + 1;
    if (better) {
      this.found = { step, loss };
      load(this.#parameters, this.#model.parameters);
    }
    return better;
  }

  restore(): void {
    if (!this.found) return;
    load(this.#model.parameters, this.#parameters);
    this.#model.parametersChanged();
  }
}
