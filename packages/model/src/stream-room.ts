import type { Unrolled } from "@unroll/bptt";
import type { Arena, FloatArray, Tokens, View } from "@unroll/kernels";
import type { BoundReadout, Readout } from "@unroll/rnn-cell";

/** One layer's row; `visible` is a part of `next`. */
interface Row {
  readonly gates: View;
  readonly previous: View;
  readonly next: View;
  readonly visible: View;
  readonly tape: View;
}

/** One row of every layer: where streams take their steps. Their states stay outside and are copied in and out. */
export class StreamRoom {
  readonly #unrolled: Unrolled;
  readonly #readout: BoundReadout;
  readonly #input: View;
  readonly #token: Tokens;
  readonly #rows: readonly Row[];
  readonly #output: View;
  readonly #outputTape: View;

  constructor(arena: Arena, unrolled: Unrolled, bound: BoundReadout, readout: Readout) {
    this.#unrolled = unrolled;
    this.#readout = bound;
    this.#rows = unrolled.layers.map(({ cell }) => {
      const next = arena.matrix(1, cell.stateSize);
      return {
        gates: arena.matrix(1, cell.gateSize),
        previous: arena.matrix(1, cell.stateSize),
        next,
        visible: arena.part(next, 0, 1, cell.outputSize, cell.stateSize),
        tape: arena.matrix(1, cell.tapeSize),
      };
    });
    this.#input = arena.matrix(1, unrolled.layers[0].cell.inputSize);
    this.#token = arena.tokens(1);
    this.#output = arena.matrix(1, readout.outputSize);
    this.#outputTape = arena.matrix(1, readout.tapeSize);
  }

  /** The parameters changed. */
  prepare(): void {
    for (const layer of this.#unrolled.layers) layer.prepare();
    this.#readout.prepare();
  }

  /** One step of one sequence: reads and overwrites `state` (all layers' states in a row), overwrites `output`. */
  step(input: FloatArray | number, state: FloatArray, output: FloatArray): void {
    let x: View | Tokens = this.#input;
    if (typeof input === "number") {
      this.#token.data[this.#token.offset] = input;
      x = this.#token;
    } else copyRow(this.#input.data, this.#input.offset, input, 0, this.#input.columns);

    let at = 0;
    for (let l = 0; l < this.#rows.length; l++) {
      const { gates, previous, next, visible, tape } = this.#rows[l];
      const { bound } = this.#unrolled.layers[l];
      copyRow(previous.data, previous.offset, state, at, previous.columns);
      bound.project(x, gates);
      bound.step(gates, previous, next, tape);
      copyRow(state, at, next.data, next.offset, next.columns);
      at += next.columns;
      x = visible;
    }
    this.#readout.forward(x as View, this.#output, this.#outputTape);
    copyRow(output, 0, this.#output.data, this.#output.offset, this.#output.columns);
  }
}

function copyRow(
  to: FloatArray,
  toOffset: number,
  from: FloatArray,
  fromOffset: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) to[toOffset + i] = from[fromOffset + i];
}
