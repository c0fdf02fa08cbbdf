const SIZE = 624;
const MIDDLE = 397;

/**
 * The Mersenne Twister MT19937: uniform 32-bit words, period 2^19937 - 1.
 *
 * M. Matsumoto and T. Nishimura, "Mersenne Twister: a 623-dimensionally equidistributed uniform pseudo-random number
 * generator", ACM TOMACS 8 (1998).
 */
export class MersenneTwister {
  readonly words: Uint32Array = new Uint32Array(SIZE);
  /** The word that comes next; 624 when new ones must be made first. */
  position: number = SIZE;

  constructor(seed: number) {
    let word = seed >>> 0;
    for (let i = 0; i < SIZE; i++) {
      this.words[i] = word;
      word = (Math.imul(1812433253, word ^ (word >>> 30)) + i + 1) >>> 0;
    }
  }

  next(): number {
    if (this.position === SIZE) this.#twist();
    let y = this.words[this.position++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return y >>> 0;
  }

  #twist(): void {
    const words = this.words;
    for (let i = 0; i < SIZE; i++) {
      const y = (words[i] & 0x80000000) | (words[i + 1 === SIZE ? 0 : i + 1] & 0x7fffffff);
      const far = words[i < SIZE - MIDDLE ? i + MIDDLE : i + MIDDLE - SIZE];
      words[i] = far ^ (y >>> 1) ^ ((y & 1) === 0 ? 0 : 0x9908b0df);
    }
    this.position = 0;
  }
}
