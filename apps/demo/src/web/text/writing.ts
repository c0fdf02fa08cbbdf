import { encodePrompt } from "../../text/encode-prompt.ts";
import type { TextModel } from "../../text/run-file.ts";
import { usualPrompt } from "../../text/write-sample.ts";
import type { WriteRequest, Written } from "./messages.ts";
import { Writer } from "./writer.ts";

/** Milliseconds between two pieces, and characters of a piece: about as fast as one reads. */
const BEAT = 60;
const PIECE = 3;

/** Writes in time: what is asked, with the network that is in use, and from the beginning when that becomes another one. */
export class Writing {
  readonly #answer: (written: Written) => void;
  readonly #problem: (error: unknown) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #request: WriteRequest | undefined;
  #network: TextModel | undefined;

  constructor(answer: (written: Written) => void, problem: (error: unknown) => void) {
    this.#answer = answer;
    this.#problem = problem;
  }

  /** @throws DataError at a character of a typed prompt that the network never saw */
  begin(network: TextModel, request: WriteRequest): void {
    clearTimeout(this.#timer);
    this.#network = network;
    this.#request = request;
    const { temperature, seed, atOnce, number, length } = request;
    const read = promptFor(network, request);
    if (length === 0) return;
    const writer = new Writer(network, read.length > 0 ? read : Int32Array.of(0), temperature, seed);
    const write = (left: number, piece: number, first?: string): void => {
      try {
        const count = Math.min(left, piece);
        const done = count === left;
        this.#answer({ number, ...(first !== undefined && { prompt: first }), ...writer.next(count), done });
        if (!done) this.#timer = setTimeout(() => write(left - count, PIECE), BEAT);
      } catch (error) {
        this.#problem(error);
      }
    };
    write(length, Math.max(1, atOnce), network.vocabulary.decode(read));
  }

  /** The network in use is this one now. */
  goOnWith(network: TextModel): void {
    const request = this.#request;
    if (!request || this.#network?.model === network.model) return;
    try {
      this.begin(network, request);
    } catch (error) {
      this.#problem(error);
    }
  }
}

function promptFor({ vocabulary, folded }: TextModel, { prompt, typed }: WriteRequest): Int32Array {
  const known = Array.from(prompt).every((symbol) => vocabulary.has(symbol));
  return encodePrompt(known || typed ? prompt : usualPrompt(vocabulary), vocabulary, folded);
}
