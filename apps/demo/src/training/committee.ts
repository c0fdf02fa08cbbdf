import { activationNamed } from "@unroll/activations";
import { slice } from "@unroll/linalg";
import { type SequenceModel, sequenceModel } from "@unroll/model";
import { elman } from "@unroll/rnn-cell";

/**
 * One network whose output is the mean of those of several Elman networks of the same sizes and activations.
 *
 * Their units stand side by side: in each layer W_hh (and above the first W_xh) has their matrices on its diagonal and
 * zeros elsewhere, so none hears another; the readout has their rows side by side, divided by their number.
 */
export function committee(networks: readonly SequenceModel[]): SequenceModel {
  const [first] = networks;
  const K = networks.length;
  if (K === 1) return first!;
  const sizes = first!.cells.map(({ outputSize }) => outputSize);
  const together = sequenceModel({
    inputs: first!.inputs,
    cells: first!.cells.map(({ outputSize, config }) =>
      elman({ hiddenSize: K * outputSize, activation: activationNamed(String(config?.activation)) }),
    ),
    outputs: first!.outputs,
  });
  together.parameters.data.fill(
    0,
    together.parameters.offset,
    together.parameters.offset + together.layout.size,
  );
  for (const [k, network] of networks.entries()) {
    for (const [l, size] of sizes.entries()) {
      const below = l === 0 ? 0 : k * sizes[l - 1]!;
      place(`${l}.W_xh`, k * size, below);
      place(`${l}.W_hh`, k * size, k * size);
      place(`${l}.b_h`, 0, k * size);
    }
    place("readout.W_hy", 0, k * sizes.at(-1)!, 1 / K);
    place("readout.b_y", 0, 0, 1 / K);

    /** Adds a matrix, times `factor`, to the block of the same name that begins at row and column. */
    function place(name: string, row: number, column: number, factor = 1): void {
      const from = slice(network.parameters, network.layout, name);
      const to = slice(together.parameters, together.layout, name);
      for (let r = 0; r < from.rows; r++)
        for (let c = 0; c < from.columns; c++)
          to.data[to.offset + (row + r) * to.stride + column + c]! +=
            factor * from.data[from.offset + r * from.stride + c]!;
    }
  }
  together.parametersChanged();
  return together;
}
