/**
 * A record of what happened at places 0, 1, 2, … that never grows beyond `most` entries: when it is full, every second
 * one goes, and from then on only every second place is kept. Place 0 always stays.
 */
export class Thinned<Entry> {
  readonly #most: number;
  #spacing = 1;
  #places: number[] = [];
  #entries: Entry[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  get places(): readonly number[] {
    return this.#places;
  }
  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** Whether `add` would keep an entry for this place, which must lie after those kept. */
  wants(place: number): boolean {
    return place % this.#spacing === 0 && place > (this.#places.at(-1) ?? -1);
  }

  add(place: number, entry: Entry): void {
    if (!this.wants(place)) return;
    if (this.#entries.length === this.#most) {
      this.#spacing *= 2;
      const kept = (_: unknown, i: number): boolean => this.#places[i] % this.#spacing === 0;
      this.#entries = this.#entries.filter(kept);
      this.#places = this.#places.filter(kept);
      if (!this.wants(place)) return;
    }
    this.#places.push(place);
    this.#entries.push(entry);
  }

  /** The last entry at or before a place. */
  before(place: number): { readonly place: number; readonly entry: Entry } | undefined {
    const i = this.#places.findLastIndex((kept) => kept <= place);
    return i < 0 ? undefined : { place: this.#places[i], entry: this.#entries[i] };
  }

  /** Forgets what came after a place. */
  cutAfter(place: number): void {
    const count = this.#places.findLastIndex((kept) => kept <= place) + 1;
    this.#places.length = count;
    this.#entries.length = count;
  }
}
