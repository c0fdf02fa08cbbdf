import { type ElementType, type KernelChoice, OptionError } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";
import { type Cell, type CellOfInput, linearReadout, type ReadoutOptions } from "@unroll/rnn-cell";
import { SequenceModel } from "./sequence-model.ts";

export interface SequenceModelOptions {
  /** I: columns of the inputs, or symbols of their vocabulary. */
  readonly inputs: number;
  /** The stack from below. */
  readonly cells: readonly CellOfInput[];
  /** O: columns of the outputs. */
  readonly outputs: number;
  /** Output activation, bias and starting values of the readout. */
  readonly readout?: Omit<ReadoutOptions, "inputSize" | "outputSize"> | undefined;
  /** "float32" unless given. */
  readonly type?: ElementType | undefined;
  /** Of the starting values; 0 unless given. */
  readonly seed?: number | undefined;
  /** Which arithmetic runs; "reproducible" unless given. */
  readonly kernels?: KernelChoice | undefined;
}

const NAMES: readonly string[] = ["inputs", "cells", "outputs", "readout", "type", "seed", "kernels"];

/**
 * A stack of recurrent cells with a readout: h^l_t = cell_l(h^{l-1}_t, h^l_{t-1}), y_t = σ_y(W_hy h_t + b_y).
 * @throws OptionError for an option that is unknown or out of range
 */
export function sequenceModel(options: SequenceModelOptions): SequenceModel {
  for (const [name, value] of Object.entries(options)) {
    if (!NAMES.includes(name))
      throw new OptionError("sequenceModel", name, value, `no such option: ${NAMES.join(", ")}`);
  }
  const { inputs, outputs, type = "float32", seed = 0, kernels } = options;
  if (!Array.isArray(options.cells) || options.cells.length === 0)
    throw new OptionError(
      "sequenceModel",
      "cells",
      options.cells,
      "at least one cell, as elman({ hiddenSize })",
    );
  const random = new RandomState(seed);
  const cells: Cell[] = [];
  let size = inputs;
  for (const cell of options.cells) {
    cells.push(cell(size));
    size = cells[cells.length - 1].outputSize;
  }
  const readout = linearReadout({ ...options.readout, inputSize: size, outputSize: outputs });
  const model = new SequenceModel({ type, cells, readout, kernels });
  model.initialize(random);
  return model;
}
