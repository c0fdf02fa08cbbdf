import { NgramTree } from "./ngram-tree.ts";

/** A text as numbers 0…V−1. */
export type Symbols = ArrayLike<number>;

/**
 * Interpolated Witten-Bell n-grams of the orders 1…`order`, counted on the symbols [start, end) of a text.
 *
 * p ← 1/V; then for k = 0…N−1, with the k preceding symbols as the context: seen n times with T different
 * successors, p ← (count + T p) / (n + T); an unseen context leaves p.
 *
 * (Witten and Bell 1991, "The zero-frequency problem", method C; interpolated as in Chen and Goodman 1998.)
 */
export class WittenBell {
  readonly order: number;
  readonly vocabularySize: number;
  readonly #tree: NgramTree = new NgramTree();

  constructor(order: number, vocabularySize: number, symbols: Symbols, start: number, end: number) {
    this.order = order;
    this.vocabularySize = vocabularySize;
    const tree = this.#tree;
    // contexts[k] is the node of the k symbols before the current one; they begin inside the counted part.
    const contexts = new Int32Array(order + 1).fill(-1);
    contexts[0] = 0;
    for (let i = start; i < end; i++) {
      const symbol = symbols[i]!;
      for (let k = order - 1; k >= 0; k--) {
        contexts[k + 1] = contexts[k]! < 0 ? -1 : tree.add(contexts[k]!, symbol);
      }
    }
  }

  /**
   * The mean −log₂ p over the symbols [start, end), one figure per order: element N − 1 belongs to N.
   * Contexts reach back to `since`, by default to `start` and no further: the part is scored as a text of its own.
   */
  bitsPerSymbol(symbols: Symbols, start: number, end: number, since: number = start): Float64Array {
    const { order, vocabularySize } = this;
    const { count, followed, successors } = this.#tree;
    const bits = new Float64Array(order);
    const contexts = this.#contextsBefore(symbols, since, start);
    for (let i = start; i < end; i++) {
      const symbol = symbols[i]!;
      let p = 1 / vocabularySize;
      let child = 0;
      for (let k = 0; k < order; k++) {
        const context = contexts[k]!;
        // For the next symbol, the k symbols before it are the child of the k − 1 before this one.
        contexts[k] = child;
        child = context < 0 ? -1 : this.#tree.find(context, symbol);
        if (context >= 0 && followed[context]! > 0) {
          const seen = child < 0 ? 0 : count[child]!;
          const distinct = successors[context]!;
          p = (seen + distinct * p) / (followed[context]! + distinct);
        }
        bits[k]! -= Math.log2(p);
      }
    }
    return bits.map((sum) => sum / (end - start));
  }

  /** The nodes of the 0…order−1 symbols before `start`, −1 where they lie before `since` or were not seen. */
  #contextsBefore(symbols: Symbols, since: number, start: number): Int32Array {
    const contexts = new Int32Array(this.order).fill(-1);
    contexts[0] = 0;
    for (let k = 1; k < this.order && k <= start - since; k++) {
      let node = 0;
      for (let i = start - k; i < start && node >= 0; i++) node = this.#tree.find(node, symbols[i]!);
      contexts[k] = node;
    }
    return contexts;
  }
}
