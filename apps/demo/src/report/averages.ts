/** The mean of the last `size` values. */
export class RecentMean {
  readonly #values: number[] = [];
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  add(value: number): void {
    this.#values.push(value);
    if (this.#values.length > this.#size) this.#values.shift();
  }

  /** NaN if there are no values. */
  get mean(): number {
    return this.#values.reduce((sum, value) => sum + value, 0) / this.#values.length;
  }
}

/** A course of values in `size` parts of equal length, each with its mean. */
export class Curve {
  readonly #sums: Float64Array;
  readonly #counts: Float64Array;

  constructor(size: number) {
    this.#sums = new Float64Array(size);
    this.#counts = new Float64Array(size);
  }

  /** A value at `progress`, from 0 to 1. */
  add(progress: number, value: number): void {
    const last = this.#sums.length - 1;
    const part = Math.min(last, Math.max(0, Math.floor(progress * this.#sums.length)));
    this.#sums[part]! += value;
    this.#counts[part]! += 1;
  }

  /** The means of the parts that have values. */
  get means(): number[] {
    return Array.from(this.#sums, (sum, part) => sum / this.#counts[part]!).filter(
      (mean) => !Number.isNaN(mean),
    );
  }
}
