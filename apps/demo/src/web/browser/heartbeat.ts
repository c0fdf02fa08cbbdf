/** Milliseconds between two questions, and after which silence means that nobody is there any more. */
const EVERY = 5_000;
const SILENCE = 30_000;

/** Asks a worker now and then whether it is there: one that the system ended says nothing. */
export class Heartbeat {
  readonly #timer: ReturnType<typeof setInterval>;
  /** Questions since the last sign of life. */
  #unanswered = 0;

  constructor(ask: () => void, lost: () => void) {
    this.#timer = setInterval(() => {
      if (this.#unanswered * EVERY >= SILENCE) {
        this.stop();
        lost();
        return;
      }
      this.#unanswered++;
      ask();
    }, EVERY);
  }

  /** A sign of life. */
  heard(): void {
    this.#unanswered = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
