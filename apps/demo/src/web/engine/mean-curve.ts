/**
 * A course of values in at most `most` points, each the mean of as many neighbors: when it is full, neighbors are
 * joined, and from then on twice as many values make a point. So a long course stays short, and calm.
 */
export class MeanCurve {
  readonly #most: number;
  readonly #sums: number[] = [];
  #perPoint = 1;
  #count = 0;

  constructor(most = 256) {
    this.#most = most;
  }

  add(value: number): void {
    if (this.#count === this.#most * this.#perPoint) this.#join();
    const point = Math.floor(this.#count / this.#perPoint);
    this.#sums[point] = (this.#sums[point] ?? 0) + value;
    this.#count++;
  }

  /** The mean of each point; the last one may stand for fewer values. */
  get means(): Float64Array {
    return Float64Array.from(this.#sums, (sum, point) => sum / this.#sizeOf(point));
  }

  /** How many values had come in the middle of each point: 1 for the first value alone. */
  get places(): Float64Array {
    return Float64Array.from(
      this.#sums,
      (_, point) => point * this.#perPoint + (this.#sizeOf(point) + 1) / 2,
    );
  }

  #sizeOf(point: number): number {
    return Math.min(this.#perPoint, this.#count - point * this.#perPoint);
  }

  #join(): void {
    const half = this.#sums.length / 2;
    for (let i = 0; i < half; i++) this.#sums[i] = this.#sums[2 * i]! + this.#sums[2 * i + 1]!;
    this.#sums.length = half;
    this.#perPoint *= 2;
  }
}
