import { type FloatArray, OptionError, ValueError, View } from "@unroll/kernels";
import { cLog } from "./c-log.ts";
import { MersenneTwister } from "./mersenne-twister.ts";

/** All there is to a generator, as plain data that survives JSON. */
export interface RandomSnapshot {
  /** The 624 words of the Mersenne Twister. */
  readonly words: readonly number[];
  /** The word that comes next, 0 … 624. */
  readonly position: number;
  /** The second normal number of the last pair, if it has not been given out. */
  readonly gaussian: number | null;
}

/**
 * NumPy's legacy `RandomState`: the same seed gives the same numbers, bit for bit, on every engine.
 *
 * Each method takes its numbers from one stream of 32-bit words, as NumPy does, so calls in the same order give the
 * same results: `new RandomState(42).randn(3)` is `np.random.RandomState(42).randn(3)`.
 */
export class RandomState {
  readonly #generator: MersenneTwister;
  // Two fields: one that is now a number, now null would be allocated anew each time.
  #gaussian = 0;
  #hasGaussian = false;

  /** @throws OptionError unless the seed is an integer from 0 to 2^32 - 1 */
  constructor(seed: number) {
    if (!isInteger(seed, 0, 0xffffffff)) {
      throw new OptionError("RandomState", "seed", seed, "an integer from 0 to 2^32 - 1");
    }
    this.#generator = new MersenneTwister(seed);
  }

  /** The next word of the stream: an integer, uniform on 0 … 2^32 - 1. */
  word(): number {
    return this.#generator.next();
  }

  /** Uniform on [0, 1), a multiple of 2^-53: (⌊w_1/2^5⌋ 2^26 + ⌊w_2/2^6⌋) / 2^53. */
  random(): number {
    const high = this.#generator.next() >>> 5;
    const low = this.#generator.next() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** low + (high - low) u, u uniform on [0, 1). */
  uniform(low: number, high: number): number {
    return low + (high - low) * this.random();
  }

  /**
   * mean + sd · g, g standard normal.
   *
   * Marsaglia's polar method: (x_1, x_2) uniform in the unit disc without 0, s = x_1² + x_2², f = √(-2 log s / s);
   * f x_2 comes first, f x_1 with the next call.
   */
  normal(mean = 0, sd = 1): number {
    return mean + sd * this.#gauss();
  }

  /**
   * An integer, uniform on low … high - 1: words (two, if the range needs more than 32 bits), cut to the bits of the
   * range, until one is in it. A range of one number takes no word.
   * @throws OptionError unless low < high are integers whose range stays below 2^53
   */
  randint(low: number, high: number): number {
    checkRange(low, high);
    return low + this.#below(high - 1 - low);
  }

  /** n numbers uniform on [0, 1). */
  rand(n: number): Float64Array {
    const values = new Float64Array(count("rand", n));
    for (let i = 0; i < n; i++) values[i] = this.random();
    return values;
  }

  /** n standard normal numbers. */
  randn(n: number): Float64Array {
    const values = new Float64Array(count("randn", n));
    for (let i = 0; i < n; i++) values[i] = this.#gauss();
    return values;
  }

  /** The numbers 0 … n - 1 in random order. */
  permutation(n: number): Int32Array {
    const values = Int32Array.from({ length: count("permutation", n) }, (_, i) => i);
    this.shuffle(values);
    return values;
  }

  /** Puts the elements in random order, in place (Fisher and Yates, from the last to the second). */
  shuffle(values: { readonly length: number; [index: number]: unknown }): void {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.#below(i);
      const kept = values[j];
      values[j] = values[i];
      values[i] = kept;
    }
  }

  /** Fills a matrix, row by row, or an array with `uniform(low, high)`. Allocates nothing. */
  fillUniform(target: View | FloatArray, low = 0, high = 1): void {
    const { data, offset, rows, columns, stride } = spread(target);
    for (let r = 0; r < rows; r++) {
      const row = offset + r * stride;
      for (let c = 0; c < columns; c++) data[row + c] = low + (high - low) * this.random();
    }
  }

  /** Fills a matrix, row by row, or an array with `normal(mean, sd)`. */
  fillNormal(target: View | FloatArray, mean = 0, sd = 1): void {
    const { data, offset, rows, columns, stride } = spread(target);
    for (let r = 0; r < rows; r++) {
      const row = offset + r * stride;
      for (let c = 0; c < columns; c++) data[row + c] = mean + sd * this.#gauss();
    }
  }

  /** A copy of everything that decides the numbers to come. */
  get state(): RandomSnapshot {
    const { words, position } = this.#generator;
    return { words: Array.from(words), position, gaussian: this.#hasGaussian ? this.#gaussian : null };
  }

  /**
   * Goes on from a snapshot, as if this were the generator it was taken from.
   * @throws ValueError if it is not a snapshot; the generator is then as it was
   */
  restore(snapshot: RandomSnapshot): this {
    checkSnapshot(snapshot);
    this.#generator.words.set(snapshot.words);
    this.#generator.position = snapshot.position;
    this.#gaussian = snapshot.gaussian ?? 0;
    this.#hasGaussian = snapshot.gaussian !== null;
    return this;
  }

  #gauss(): number {
    if (this.#hasGaussian) {
      this.#hasGaussian = false;
      return this.#gaussian;
    }
    let x1: number;
    let x2: number;
    let s: number;
    do {
      x1 = 2 * this.random() - 1;
      x2 = 2 * this.random() - 1;
      s = x1 * x1 + x2 * x2;
    } while (s >= 1 || s === 0);
    const f = Math.sqrt((-2 * cLog(s)) / s);
    this.#gaussian = f * x1;
    this.#hasGaussian = true;
    return f * x2;
  }

  /** Uniform on 0 … max. */
  #below(max: number): number {
    if (max === 0) return 0;
    const high = Math.floor(max / 4294967296);
    const highMask = high === 0 ? 0 : mask(high);
    const lowMask = high === 0 ? mask(max) : 0xffffffff;
    for (;;) {
      const upper = high === 0 ? 0 : (this.#generator.next() & highMask) >>> 0;
      const value = upper * 4294967296 + ((this.#generator.next() & lowMask) >>> 0);
      if (value <= max) return value;
    }
  }
}

/** The smallest 2^m - 1 that is not below a word other than 0. */
function mask(word: number): number {
  return 0xffffffff >>> Math.clz32(word);
}

function isInteger(value: unknown, from: number, to: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= from && (value as number) <= to;
}

function count(where: string, n: number): number {
  if (!isInteger(n, 0, 0x7fffffff)) throw new OptionError(where, "n", n, "an integer from 0 to 2^31 - 1");
  return n;
}

function checkRange(low: number, high: number): void {
  if (!Number.isSafeInteger(low)) throw new OptionError("randint", "low", low, "an integer below 2^53");
  if (!Number.isSafeInteger(high) || high <= low || high - low > Number.MAX_SAFE_INTEGER) {
    throw new OptionError("randint", "high", high, `an integer above low (${low}), less than 2^53 away`);
  }
}

function checkSnapshot(snapshot: RandomSnapshot): void {
  if (typeof snapshot !== "object" || snapshot === null) {
    throw new ValueError("RandomState.restore", "snapshot", snapshot, "{ words, position, gaussian }");
  }
  const { words, position, gaussian } = snapshot;
  if (
    !Array.isArray(words) ||
    words.length !== 624 ||
    !words.every((word) => isInteger(word, 0, 0xffffffff))
  ) {
    throw new ValueError("RandomState.restore", "words", words, "624 integers from 0 to 2^32 - 1");
  }
  if (!isInteger(position, 0, 624)) {
    throw new ValueError("RandomState.restore", "position", position, "an integer from 0 to 624");
  }
  if (gaussian !== null && !Number.isFinite(gaussian)) {
    throw new ValueError("RandomState.restore", "gaussian", gaussian, "a finite number or null");
  }
}

function spread(target: View | FloatArray): View {
  return target instanceof View ? target : new View(target, 0, 1, target.length);
}
