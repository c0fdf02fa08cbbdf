import { load, View } from "@unroll/kernels";
import type { SequenceModel } from "@unroll/model";

/** Where a model did best on validation data. */
export interface BestFound {
  readonly step: number;
  readonly loss: number;
}

/** The parameters of a model at its best validation so far. `fit` keeps one; a checkpoint can hold it. */
export class Best {
  readonly model: SequenceModel;
  #found: BestFound | undefined;
  #misses = 0;
  readonly #parameters: View;

  constructor(model: SequenceModel) {
    const { columns } = model.parameters;
    const data = model.type === "float32" ? new Float32Array(columns) : new Float64Array(columns);
    this.model = model;
    this.#parameters = new View(data, 0, 1, columns);
  }

  /** Undefined before the first validation. */
  get found(): BestFound | undefined {
    return this.#found;
  }

  /** Validations since then. */
  get misses(): number {
    return this.#misses;
  }

  /** The parameters it was found with, 1×N, in memory of their own. */
  get parameters(): View {
    return this.#parameters;
  }

  /** Keeps the model's parameters if the loss is smaller than all before, and says whether it is. */
  offer(loss: number, step: number): boolean {
    const better = !this.#found || loss < this.#found.loss;
    if (better) this.keep(this.model.parameters, { step, loss });
    else this.#misses++;
    return better;
  }

  /** Takes parameters as the best ones, whatever was there: those of a file. */
  keep(parameters: View, found: BestFound, misses = 0): void {
    load(this.#parameters, parameters);
    this.#found = found;
    this.#misses = misses;
  }

  /** The model's parameters ← the best ones, if there are any. */
  restore(): void {
    if (!this.#found) return;
    load(this.model.parameters, this.#parameters);
    this.model.parametersChanged();
  }
}
