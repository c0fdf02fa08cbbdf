import type { Tensor } from "@unroll/io";
import { View } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";

/** A network of fixtures/pytorch.py. */
export interface PyTorchCase {
  readonly kind: "RNN" | "RNNs" | "RNNCell";
  readonly names: string[];
  readonly sizes: number[];
  readonly inputs: number;
  /** 0 if there is no nn.Linear. */
  readonly outputs: number;
  readonly readout: string;
  readonly nonlinearity: "tanh" | "relu";
  readonly bias: boolean;
  readonly readoutBias: boolean;
  readonly steps: number;
  readonly batch: number;
  /** Largest and mean square error of PyTorch's own float32. */
  readonly error32: number;
  readonly square32: number;
}

/** Names and shapes of a network's state dict. */
export function shapesOf(of: PyTorchCase): Map<string, number[]> {
  const shapes = new Map<string, number[]>();
  let m = of.inputs;
  for (const [l, n] of of.sizes.entries()) {
    const name = of.names[of.kind === "RNN" ? 0 : l];
    const suffix = of.kind === "RNNCell" ? "" : `_l${of.kind === "RNN" ? l : 0}`;
    shapes.set(`${name}.weight_ih${suffix}`, [n, m]).set(`${name}.weight_hh${suffix}`, [n, n]);
    if (of.bias) shapes.set(`${name}.bias_ih${suffix}`, [n]).set(`${name}.bias_hh${suffix}`, [n]);
    m = n;
  }
  if (of.outputs > 0) shapes.set(`${of.readout}.weight`, [of.outputs, m]);
  if (of.outputs > 0 && of.readoutBias) shapes.set(`${of.readout}.bias`, [of.outputs]);
  return shapes;
}

/** State dict and inputs of case number `i`, drawn as the script draws them. */
export function numbersOf(of: PyTorchCase, i: number): { state: Map<string, Tensor>; inputs: Float32Array } {
  const random = new RandomState(1000 + i);
  const draw = (size: number, limit: number): Float32Array =>
    Float32Array.from(random.rand(size), (u) => limit * (2 * u - 1));
  const limit = 1 / Math.sqrt(Math.max(...of.sizes));
  const state = new Map<string, Tensor>();
  for (const [name, shape] of [...shapesOf(of)].sort(([a], [b]) => (a < b ? -1 : 1)))
    state.set(name, {
      dtype: "F32",
      shape,
      data: draw(
        shape.reduce((a, b) => a * b),
        limit,
      ),
    });
  return { state, inputs: draw(of.steps * of.batch * of.inputs, 2) };
}

/** Rows of float32 numbers in either precision. */
export function rows(data: Float32Array, columns: number, type: "float32" | "float64"): View {
  const numbers = type === "float32" ? data : Float64Array.from(data);
  return new View(numbers, 0, data.length / columns, columns);
}
