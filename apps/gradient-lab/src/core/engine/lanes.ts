/**
 * Work cut into pieces: a generator whose `next` takes a few milliseconds at most. It yields how many milliseconds it
 * wants to wait, or nothing.
 */
export type Work = Generator<number | undefined, void>;

export interface LanesOptions<Lane extends string> {
  /** The more urgent first. */
  readonly order: readonly Lane[];
  /** Runs a function soon, after what waits already: messages, above all. */
  readonly soon: (run: () => void) => void;
  /** Runs a function after some milliseconds; returns what takes that back. */
  readonly later: (run: () => void, milliseconds: number) => () => void;
  readonly clock: () => number;
  readonly onError: (error: unknown) => void;
}

/** Milliseconds of work before messages get their turn. */
const SLICE = 8;

/** One piece of work at a time in each lane, the most urgent first, with breaks in which new requests are heard. */
export class Lanes<Lane extends string> {
  readonly #options: LanesOptions<Lane>;
  readonly #work = new Map<Lane, Work>();
  readonly #waiting = new Map<Lane, () => void>();
  #scheduled = false;

  constructor(options: LanesOptions<Lane>) {
    this.#options = options;
  }

  has(lane: Lane): boolean {
    return this.#work.has(lane) || this.#waiting.has(lane);
  }

  /** Puts work into a lane; what was there is dropped. Without work, the lane is emptied. */
  set(lane: Lane, work?: Work): void {
    this.#waiting.get(lane)?.();
    this.#waiting.delete(lane);
    this.#work.delete(lane);
    if (!work) return;
    this.#work.set(lane, work);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled || this.#work.size === 0) return;
    this.#scheduled = true;
    this.#options.soon(() => {
      this.#scheduled = false;
      this.#slice();
      this.#schedule();
    });
  }

  #slice(): void {
    const { order, clock } = this.#options;
    const end = clock() + SLICE;
    do {
      const lane = order.find((each) => this.#work.has(each));
      if (lane === undefined) return;
      this.#step(lane, this.#work.get(lane) as Work);
    } while (clock() < end);
  }

  #step(lane: Lane, work: Work): void {
    try {
      const { done, value } = work.next();
      if (this.#work.get(lane) !== work) return; // replaced by what it did
      if (done) this.#work.delete(lane);
      else if (value !== undefined) this.#wait(lane, work, value);
    } catch (error) {
      if (this.#work.get(lane) === work) this.#work.delete(lane);
      this.#options.onError(error);
    }
  }

  #wait(lane: Lane, work: Work, milliseconds: number): void {
    this.#work.delete(lane);
    const cancel = this.#options.later(() => {
      this.#waiting.delete(lane);
      this.#work.set(lane, work);
      this.#schedule();
    }, milliseconds);
    this.#waiting.set(lane, cancel);
  }
}
