import { ValueError } from "@unroll/kernels";
import { integer } from "./data/options.ts";

/**
 * How often each class was taken for which: n_ij items of class i were said to be of class j.
 *
 *     accuracy = Σ_i n_ii / Σ_ij n_ij
 *     recall_i = n_ii / Σ_j n_ij      precision_j = n_jj / Σ_i n_ij      F1_i = 2 n_ii / (Σ_j n_ij + Σ_j n_ji)
 *
 * A class without items, or never said, has the recall, precision or F1 0/0 = NaN. The macro means are over the classes
 * that have items.
 */
export class Confusion {
  /** C: number of classes. */
  readonly classes: number;
  readonly #counts: Float64Array;

  /** @throws OptionError unless there is at least one class */
  constructor(classes: number) {
    this.classes = integer("Confusion", "classes", classes, 1);
    this.#counts = new Float64Array(classes * classes);
  }

  /** Counts an item. @throws ValueError for a number that is no class */
  add(actual: number, said: number): void {
    for (const [name, value] of Object.entries({ actual, said }))
      if (!(Number.isInteger(value) && value >= 0 && value < this.classes))
        throw new ValueError("Confusion", `${name} class`, value, `an integer from 0 to ${this.classes - 1}`);
    this.#counts[actual * this.classes + said]! += 1;
  }

  /** n_ij. */
  count(actual: number, said: number): number {
    return this.#counts[actual * this.classes + said] as number;
  }

  /** Items of a class, and how often it was said. */
  itemsOf(actual: number): number {
    return this.#sum((i) => i === actual);
  }
  saidAs(said: number): number {
    return this.#sum((_, j) => j === said);
  }

  get items(): number {
    return this.#sum(() => true);
  }

  get accuracy(): number {
    return this.#sum((i, j) => i === j) / this.items;
  }

  recall(i: number): number {
    return this.count(i, i) / this.itemsOf(i);
  }

  precision(j: number): number {
    return this.count(j, j) / this.saidAs(j);
  }

  f1(i: number): number {
    return (2 * this.count(i, i)) / (this.itemsOf(i) + this.saidAs(i));
  }

  get macroRecall(): number {
    return this.#mean((i) => this.recall(i));
  }

  get macroF1(): number {
    return this.#mean((i) => this.f1(i));
  }

  /** The mean of a figure over the classes that have items. */
  #mean(figure: (i: number) => number): number {
    let sum = 0;
    let classes = 0;
    for (let i = 0; i < this.classes; i++) {
      if (this.itemsOf(i) === 0) continue;
      sum += figure(i);
      classes++;
    }
    return sum / classes;
  }

  #sum(counts: (actual: number, said: number) => boolean): number {
    let sum = 0;
    for (let i = 0; i < this.classes; i++)
      for (let j = 0; j < this.classes; j++) if (counts(i, j)) sum += this.count(i, j);
    return sum;
  }
}
