/**
 * How far two float32 results are from the float64 one, relative to max(1, |y|), over many cases.
 *
 * Of one number either may be nearer by luck, so what counts is the root of the mean square over all of them; of one
 * case only the order of magnitude.
 */
export class Distances {
  #ours = 0;
  #theirs = 0;
  #count = 0;

  /** Throws if ours is far off, or theirs is so far that it proves nothing. */
  add(label: string, ours: readonly number[], theirs: readonly number[], exact: readonly number[]): void {
    if (ours.length !== exact.length || theirs.length !== exact.length)
      throw new Error(`${label}: ${ours.length} and ${theirs.length} numbers, expected ${exact.length}`);
    const largest = { ours: 0, theirs: 0 };
    for (const [i, y] of exact.entries()) {
      const mine = Math.abs(ours[i]! - y) / Math.max(1, Math.abs(y));
      const other = Math.abs(theirs[i]! - y) / Math.max(1, Math.abs(y));
      largest.ours = Math.max(largest.ours, mine);
      largest.theirs = Math.max(largest.theirs, other);
      this.#ours += mine * mine;
      this.#theirs += other * other;
    }
    this.#count += exact.length;
    if (!(largest.theirs < 1e-5 && largest.ours <= 10 * (largest.theirs + 2 ** -24)))
      throw new Error(`${label}: ours is off by ${largest.ours}, the other by ${largest.theirs}`);
  }

  /** Root of the mean square of ours, and of theirs. */
  get rms(): { readonly ours: number; readonly theirs: number } {
    return { ours: Math.sqrt(this.#ours / this.#count), theirs: Math.sqrt(this.#theirs / this.#count) };
  }
}
