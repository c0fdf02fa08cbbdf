import { Arena, type View } from "@unroll/kernels";
import { gaussian, type RandomState } from "@unroll/linalg";
import { type BoundCell, type BoundReadout, elmanCell, linearReadout } from "@unroll/rnn-cell";

export interface SimpleRnnSizes {
  readonly inputSize: number;
  readonly hiddenSize: number;
  readonly outputSize: number;
}

/** Output and hidden state of one time step. */
export interface Step {
  readonly y: Float64Array;
  readonly h: Float64Array;
}

/**
 * The network of the NumPy tutorial, put together from the Elman cell and the readout in float64:
 * h_t = tanh(W_hh h_{t-1} + W_xh x_t + b_h), y_t = W_hy h_t + b_y.
 *
 * W_xh, W_hh and W_hy are drawn in this order, row by row, as 0.01 · N(0, 1); the biases are zero.
 */
export class SimpleRnn {
  readonly #hiddenSize: number;
  readonly #cell: BoundCell;
  readonly #readout: BoundReadout;
  readonly #x: View;
  readonly #hPrevious: View;
  readonly #gates: View;
  readonly #h: View;
  readonly #y: View;
  readonly #nothing: View;

  constructor({ inputSize, hiddenSize, outputSize }: SimpleRnnSizes, random: RandomState) {
    const small = gaussian({ sd: 0.01 });
    const cell = elmanCell({ inputSize, hiddenSize, initializers: { W_xh: small, W_hh: small } });
    const readout = linearReadout({ inputSize: hiddenSize, outputSize, initializers: { W_hy: small } });

    const arena = new Arena("float64");
    const vector = (size: number): View => arena.matrix(1, size);
    const cellParameters = vector(cell.parameters.size);
    const readoutParameters = vector(readout.parameters.size);
    this.#hiddenSize = hiddenSize;
    this.#x = vector(inputSize);
    this.#hPrevious = vector(cell.stateSize);
    this.#gates = vector(cell.gateSize);
    this.#h = vector(cell.stateSize);
    this.#y = vector(outputSize);
    this.#nothing = vector(0);
    this.#cell = cell.bind(arena, cellParameters, vector(cell.parameters.size));
    this.#readout = readout.bind(arena, readoutParameters, vector(readout.parameters.size));
    arena.commit();

    cell.initialize(cellParameters, random);
    readout.initialize(readoutParameters, random);
    this.#cell.prepare();
    this.#readout.prepare();
  }

  /** One time step: x_t and h_{t-1} in, y_t and h_t out. */
  step(x: Float64Array, hPrevious: Float64Array): Step {
    write(this.#x, x);
    write(this.#hPrevious, hPrevious);
    this.#cell.project(this.#x, this.#gates);
    this.#cell.step(this.#gates, this.#hPrevious, this.#h, this.#nothing);
    this.#readout.forward(this.#h, this.#y, this.#nothing);
    return { y: read(this.#y), h: read(this.#h) };
  }

  /** All time steps, from h_0 = 0. */
  forward(inputs: readonly Float64Array[]): Step[] {
    let h: Float64Array = new Float64Array(this.#hiddenSize);
    return inputs.map((x) => {
      const step = this.step(x, h);
      h = step.h;
      return step;
    });
  }
}

function write(row: View, values: Float64Array): void {
  row.data.set(values, row.offset);
}

function read(row: View): Float64Array {
  return new Float64Array(row.data.subarray(row.offset, row.offset + row.columns));
}
