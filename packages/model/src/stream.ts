import { type FloatArray, ShapeError, ValueError } from "@unroll/kernels";
import { floats } from "./rows.ts";
import type { SequenceModel } from "./sequence-model.ts";

/**
 * One sequence fed to a model step by step. It keeps nothing but its state, so one model serves thousands of streams.
 * A step allocates nothing.
 */
export class Stream {
  /** h of all layers from below, one behind the other. Copy it to save it, set it to restore it. */
  readonly state: FloatArray;
  readonly #model: SequenceModel;

  constructor(model: SequenceModel) {
    const size = model.cells.reduce((sum, cell) => sum + cell.stateSize, 0);
    this.#model = model;
    this.state = floats(model.type, size);
  }

  /** Back to h_0 = 0. */
  reset(): void {
    this.state.fill(0);
  }

  /**
   * Takes one step: reads a row of features, or a token as a number; overwrites `output` with y_t.
   * @throws ShapeError if a length does not fit, ValueError if the token is out of range
   */
  step(input: FloatArray | number, output: FloatArray): void {
    const { inputs, outputs } = this.#model;
    if (typeof input === "number") {
      if (!(Number.isInteger(input) && input >= 0 && input < inputs)) {
        throw new ValueError("Stream.step", "token", input, `0 … ${inputs - 1}`);
      }
    } else if (input.length !== inputs)
      throw new ShapeError("Stream.step", "input", [input.length], [inputs]);
    if (output.length !== outputs) throw new ShapeError("Stream.step", "output", [output.length], [outputs]);
    this.#model.streamRoom().step(input, this.state, output);
  }
}
