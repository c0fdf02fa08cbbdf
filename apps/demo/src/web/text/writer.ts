import { Tokens, type View } from "@unroll/kernels";
import { softmaxCrossEntropy } from "@unroll/losses";
import { States, sampleTokens } from "@unroll/model";
import type { TextModel } from "../../text/run-file.ts";

/** A piece of writing. */
export interface Piece {
  readonly text: string;
  /** −log₂ p of each character, at temperature 1. */
  readonly bits: Float32Array;
}

const loss = softmaxCrossEntropy();

/** A network that writes, piece by piece, and says how likely it held each character. */
export class Writer {
  readonly #network: TextModel;
  readonly #source: Generator<number, never>;
  readonly #states: States;
  /** What the network read last. */
  #last: number;
  #carry = false;

  /** `prompt` is not empty. */
  constructor(network: TextModel, prompt: Int32Array, temperature: number, seed: number) {
    const { model } = network;
    this.#network = network;
    this.#source = sampleTokens(model, { prompt, temperature, seed });
    this.#states = new States(model);
    this.#last = prompt.at(-1)!;
    if (prompt.length > 1) this.#score(prompt.subarray(0, -1), prompt.subarray(1));
  }

  next(length: number): Piece {
    const written = Int32Array.from({ length }, () => this.#source.next().value);
    const read = Int32Array.of(this.#last, ...written.subarray(0, -1));
    this.#last = written.at(-1) ?? this.#last;
    return { text: this.#network.vocabulary.decode(written), bits: this.#score(read, written) };
  }

  /** The bits of each target, the state carried from call to call. */
  #score(inputs: Int32Array, targets: Int32Array): Float32Array {
    const { model } = this.#network;
    const steps = inputs.length;
    const batch = { steps, batch: 1, inputs: tokens(inputs), targets: tokens(targets), carry: this.#carry };
    model.evaluate(batch, loss, this.#states);
    this.#carry = true;
    return Float32Array.from({ length: steps }, (_, t) => at(model.losses, t) / Math.LN2);
  }
}

const tokens = (data: Int32Array): Tokens => new Tokens(data, 0, data.length);
const at = ({ data, offset, stride }: View, row: number): number => data[offset + row * stride]!;
