import type { Activation } from "@unroll/activations";
import type { Cell } from "@unroll/rnn-cell";
import type { Stack, StackLayer } from "./stack.ts";
import type { ElmanLayer } from "./trace.ts";

/** What the textbook speaks of: W_hh, γ, D_t and ε_t of an Elman cell in a stack that has just been run. */
export function elmanLayer(stack: Stack, layer: StackLayer, T: number): ElmanLayer | undefined {
  const { cell, deltas, delta, dNext } = layer;
  if (cell.kind !== "elman") return undefined;
  const n = cell.stateSize;
  const { W_hh } = cell.parameters.slices;
  const start = stack.parameters.offset + offsetOf(stack, layer) + W_hh.offset;
  const activation = activationOf(cell);
  return {
    W_hh: Float64Array.from(stack.parameters.data.subarray(start, start + n * n)),
    slope: activation?.slope,
    derivatives: activation && "derivative" in activation ? derivatives() : undefined,
    deltas: Float64Array.from(deltas.data.subarray(deltas.offset, deltas.offset + T * n)),
  };

  /** What comes back from dL/dh_t = 1 is σ'(z_t). */
  function derivatives(): Float64Array {
    const values = new Float64Array(T * n);
    for (let t = 0; t < T; t++) {
      for (let i = 0; i < n; i++) dNext.data[dNext.offset + i] = 1;
      stack.backThrough(layer, t, 1);
      for (let i = 0; i < n; i++) values[t * n + i] = delta.data[delta.offset + i];
    }
    return values;
  }
}

function offsetOf(stack: Stack, layer: StackLayer): number {
  let offset = 0;
  for (const other of stack.layers) {
    if (other === layer) break;
    offset += other.cell.parameters.size;
  }
  return offset;
}

/** The σ of an Elman cell: cells of @unroll/rnn-cell have it as a field. */
function activationOf(cell: Cell): Activation | undefined {
  return "activation" in cell ? (cell.activation as Activation) : undefined;
}
