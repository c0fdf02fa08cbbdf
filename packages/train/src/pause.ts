/** Milliseconds of work between two pauses. */
const TURN = 12;

/** Lets timers, input and signals have their turn every few milliseconds. */
export class Turns {
  readonly #length: number;
  #began: number = performance.now();

  constructor(length: number = TURN) {
    this.#length = length;
  }

  /** True if it is time for `pause`. */
  get due(): boolean {
    return performance.now() - this.#began > this.#length;
  }

  restart(): void {
    this.#began = performance.now();
  }

  async pause(): Promise<void> {
    await macrotask();
    this.restart();
  }
}

function macrotask(): Promise<void> {
  if (typeof setImmediate === "function") return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
