/** What exact frames take here, learned from those that were made. */
export class Cost {
  /** Milliseconds per unit. */
  #rate = 4e-7;

  /** Milliseconds an exact frame of T steps of n units will take, about. */
  of(T: number, n: number): number {
    return this.#rate * units(T, n);
  }

  learn(T: number, n: number, milliseconds: number): void {
    this.#rate = Math.min(1e-5, Math.max(1e-9, milliseconds / units(T, n)));
  }
}

/** T²/2 products of n×n matrices, and a number of products with vectors for the norm of each. */
const units = (T: number, n: number): number => T * T * n * n * (n + 60);
