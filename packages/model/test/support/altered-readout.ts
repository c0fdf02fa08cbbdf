import type { View } from "@unroll/kernels";
import type { BoundReadout, Readout } from "@unroll/rnn-cell";

/** The same readout with some of its calls replaced: `change` gets the bound one and gives what is different. */
export function alteredReadout(
  readout: Readout,
  change: (bound: BoundReadout, gradients: View) => Partial<BoundReadout>,
): Readout {
  const { inputSize, outputSize, activation, tapeSize, parameters } = readout;
  return {
    ...{ inputSize, outputSize, activation, tapeSize, parameters },
    initialize: (vector, random) => readout.initialize(vector, random),
    bind(arena, vector, gradients) {
      const bound = readout.bind(arena, vector, gradients);
      const whole: BoundReadout = {
        prepare: () => bound.prepare(),
        forward: (...views) => bound.forward(...views),
        backward: (...views) => bound.backward(...views),
        stateGradient: (...views) => bound.stateGradient(...views),
        accumulate: (...views) => bound.accumulate(...views),
      };
      return { ...whole, ...change(bound, gradients) };
    },
  };
}
