/**
 * A tree of the n-grams of a text in flat arrays: node 0 is the empty context, the child of node `a…b` by `c` is `a…bc`.
 *
 * `count[node]` is how often the n-gram was seen, `followed[node]` how often some symbol came after it, and
 * `successors[node]` how many different ones. Children are found in one open-addressing table over (node, symbol).
 */
export class NgramTree {
  size = 1;
  count: Int32Array = new Int32Array(1024);
  followed: Int32Array = new Int32Array(1024);
  successors: Int32Array = new Int32Array(1024);
  #parent: Int32Array = new Int32Array(1024);
  #symbol: Int32Array = new Int32Array(1024);
  /** Slots hold a node, or 0 for empty: the root is nobody's child. At most half are taken. */
  #slots: Int32Array = new Int32Array(2048);

  /** The child of `node` by `symbol`, or −1. */
  find(node: number, symbol: number): number {
    const child = this.#slots[this.#slot(node, symbol)]!;
    return child === 0 ? -1 : child;
  }

  /** Counts `symbol` after `node` once more and returns that child. */
  add(node: number, symbol: number): number {
    const slot = this.#slot(node, symbol);
    let child = this.#slots[slot]!;
    if (child === 0) {
      child = this.size++;
      this.#slots[slot] = child;
      this.#parent[child] = node;
      this.#symbol[child] = symbol;
      this.successors[node]! += 1;
      if (this.size === this.count.length) this.#grow();
    }
    this.count[child]! += 1;
    this.followed[node]! += 1;
    return child;
  }

  /** Where (node, symbol) is, or the empty slot where it would go. */
  #slot(node: number, symbol: number): number {
    const mask = this.#slots.length - 1;
    let slot = (Math.imul(node, 0x9e3779b1) ^ Math.imul(symbol + 1, 0x85ebca6b)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & mask;
    for (;;) {
      const child = this.#slots[slot]!;
      if (child === 0 || (this.#parent[child] === node && this.#symbol[child] === symbol)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    this.count = doubled(this.count);
    this.followed = doubled(this.followed);
    this.successors = doubled(this.successors);
    this.#parent = doubled(this.#parent);
    this.#symbol = doubled(this.#symbol);
    this.#slots = new Int32Array(2 * this.#slots.length);
    for (let child = 1; child < this.size; child++) {
      this.#slots[this.#slot(this.#parent[child]!, this.#symbol[child]!)] = child;
    }
  }
}

function doubled(values: Int32Array): Int32Array {
  const larger = new Int32Array(2 * values.length);
  larger.set(values);
  return larger;
}
