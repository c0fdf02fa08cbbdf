import type { Refusals } from "../errors.ts";

/**
 * What reading one file may cost. A few bytes can ask for tables multiplied with each other, or name one matrix a
 * thousand times; so memory and work are counted, and a file that asks for too much is refused beforehand.
 */
export class Budget {
  readonly #refuse: Refusals;
  readonly #limit: number;
  #bytes: number;
  #work: number;
  /** Where in the file the part at hand begins. */
  offset = 0;

  constructor(fileSize: number, limit: number | undefined, refuse: Refusals) {
    this.#refuse = refuse;
    this.#limit = limit ?? 2 * fileSize + 2 ** 20;
    this.#bytes = this.#limit;
    this.#work = 2 ** 24 + 512 * this.#limit;
  }

  /** Before memory is made that grows with the file's numbers. @throws UnsupportedError */
  takeBytes(count: number): void {
    this.#bytes -= count;
    if (!(this.#bytes >= 0))
      throw this.#refuse.unsupported(
        "memory",
        `its parameters take more than ${this.#limit} bytes; the option maxBytes allows more`,
        this.offset,
      );
  }

  /** Before multiplications. @throws UnsupportedError */
  takeWork(count: number): void {
    this.#work -= count;
    if (!(this.#work >= 0))
      throw this.#refuse.unsupported(
        "work",
        "its matrices would have to be multiplied too often; the option maxBytes allows more",
        this.offset,
      );
  }
}
