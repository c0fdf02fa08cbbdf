import type { View } from "@unroll/kernels";
import type { BoundCell, Cell } from "../cell.ts";

/**
 * The same cell with some of its calls replaced, to plant an error and see that a test notices: `change` gets the bound
 * cell with its flat vectors and gives what is different.
 */
export function alteredCell(
  cell: Cell,
  change: (bound: BoundCell, parameters: View, gradients: View) => Partial<BoundCell>,
): Cell {
  const { kind, inputSize, outputSize, stateSize, gateSize, tapeSize, deltaSize, parameters } = cell;
  return {
    ...{ kind, inputSize, outputSize, stateSize, gateSize, tapeSize, deltaSize, parameters },
    initialize: (vector, random) => cell.initialize(vector, random),
    bind(arena, vector, gradients) {
      const bound = cell.bind(arena, vector, gradients);
      const whole: BoundCell = {
        prepare: () => bound.prepare(),
        project: (...views) => bound.project(...views),
        step: (...views) => bound.step(...views),
        stepBackward: (...views) => bound.stepBackward(...views),
        inputGradient: (...views) => bound.inputGradient(...views),
        accumulate: (...views) => bound.accumulate(...views),
      };
      return { ...whole, ...change(bound, vector, gradients) };
    },
  };
}
