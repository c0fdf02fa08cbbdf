import { Tokens } from "@unroll/kernels";
import { slice } from "@unroll/linalg";
import { softmaxCrossEntropy } from "@unroll/losses";
import type { SequenceModel } from "@unroll/model";

/** What each symbol of a text has to do with the decision for a class, by the gradient of its log-probability. */
export interface Connectivity {
  /** ‖∂ log p / ∂x_t‖, x_t the column of W_xh that stands for the symbol: how much the decision hangs on it. */
  readonly strength: Float64Array;
  /**
   * ⟨∂ log p / ∂x_t, x_t − x_unknown⟩, in nats: about as much would log p fall if the symbol were hidden. Below 0 it
   * speaks against the class.
   */
  readonly pull: Float64Array;
}

/**
 * Goes back through the text once. The bottom layer must be an Elman cell, whose step leaves ∂L/∂z_t, which is ∂L/∂x_t.
 * Source of the idea: A. Madsen, "Visualizing memorization in RNNs", Distill 2019.
 */
export function connectivity(
  model: SequenceModel,
  tokens: Int32Array,
  label: number,
  unknown: number,
): Connectivity {
  const steps = tokens.length;
  const strength = new Float64Array(steps);
  const pull = new Float64Array(steps);
  model.reserve({ ...model.plan, steps, batch: 1, tokenInputs: true, tokenTargets: true });
  const columns = slice(model.parameters, model.layout, "0.W_xh");
  const { unrolled } = model;
  unrolled.onBackwardStep = ({ layer, step, delta }) => {
    if (layer !== 0) return;
    let squares = 0;
    for (let unit = 0; unit < delta.columns; unit++) {
      const slope = -delta.data[delta.offset + unit]!; // L = −log p
      const at = columns.offset + unit * columns.stride;
      squares += slope * slope;
      pull[step]! += slope * (columns.data[at + tokens[step]!]! - columns.data[at + unknown]!);
    }
    strength[step] = Math.sqrt(squares);
  };
  const targets = new Int32Array(steps).fill(-1);
  targets[steps - 1] = label;
  try {
    model.gradient(
      { steps, batch: 1, inputs: new Tokens(tokens, 0, steps), targets: new Tokens(targets, 0, steps) },
      { loss: softmaxCrossEntropy(), reduction: "sum" },
    );
  } finally {
    unrolled.onBackwardStep = undefined;
  }
  return { strength, pull };
}
