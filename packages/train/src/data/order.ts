import { RandomState } from "@unroll/linalg";

/**
 * Writes the order of an epoch: 0 … n−1, or a permutation of it that depends on nothing but (seed, epoch).
 */
export function epochOrder(order: Int32Array, shuffle: boolean, seed: number, epoch: number): void {
  for (let i = 0; i < order.length; i++) order[i] = i;
  if (shuffle) new RandomState(epochSeed(seed, epoch)).shuffle(order);
}

/** One 32-bit seed from two numbers, by the finalizer of MurmurHash3. */
export function epochSeed(seed: number, epoch: number): number {
  let h = (seed ^ Math.imul(epoch + 1, 0x9e3779b9)) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** order ← order sorted by length, equal lengths in the order they had: a counting sort. */
export function sortByLength(order: Int32Array, lengths: Int32Array): void {
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  const places = new Int32Array(longest + 1);
  for (const length of lengths) places[length] = (places[length] as number) + 1;
  let place = 0;
  for (let length = 0; length <= longest; length++) {
    const here = places[length] as number;
    places[length] = place;
    place += here;
  }
  for (const i of order.slice()) {
    const length = lengths[i] as number;
    order[places[length] as number] = i;
    places[length] = (places[length] as number) + 1;
  }
}
