import type { Arena, View } from "@unroll/kernels";

/** A packed copy of a weight matrix for `addProduct`, made anew on first use after the weights changed. */
export class PackedWeight {
  readonly #arena: Arena;
  readonly #W: View;
  readonly #transposed: boolean;
  readonly #packed: View;
  #fresh = false;

  /** W (N×K) for A·Wᵀ if `transposed`, or W (K×N) for A·W. Reserves its memory in the arena. */
  constructor(arena: Arena, W: View, transposed: boolean) {
    this.#arena = arena;
    this.#W = W;
    this.#transposed = transposed;
    this.#packed = transposed ? arena.packed(W.columns, W.rows) : arena.packed(W.rows, W.columns);
  }

  /** The weights changed. */
  invalidate(): void {
    this.#fresh = false;
  }

  /** The operand. */
  current(): View {
    if (!this.#fresh) {
      if (this.#transposed) this.#arena.kernels.packTransposed(this.#packed, this.#W);
      else this.#arena.kernels.pack(this.#packed, this.#W);
      this.#fresh = true;
    }
    return this.#packed;
  }
}
