import type { View } from "@unroll/kernels";
import type { BoundCell, Cell } from "@unroll/rnn-cell";

/** The flat vectors that a cell is bound to. */
export interface Vectors {
  readonly parameters: View;
  readonly gradients: View;
}

/** The same cell with another description. */
export function describedAs(cell: Cell, change: Partial<Cell>): Cell {
  const { kind, inputSize, outputSize, stateSize, gateSize, tapeSize, deltaSize, parameters } = cell;
  return {
    ...{ kind, inputSize, outputSize, stateSize, gateSize, tapeSize, deltaSize, parameters },
    initialize: (vector, random) => cell.initialize(vector, random),
    bind: (...views) => cell.bind(...views),
    ...change,
  };
}

/** The same cell with some of its calls replaced: `change` gets the bound cell and gives what is different. */
export function altered(
  cell: Cell,
  change: (bound: BoundCell, vectors: Vectors) => Partial<BoundCell>,
): Cell {
  return describedAs(cell, {
    bind(arena, parameters, gradients) {
      const bound = cell.bind(arena, parameters, gradients);
      const whole: BoundCell = {
        prepare: () => bound.prepare(),
        project: (...views) => bound.project(...views),
        step: (...views) => bound.step(...views),
        stepBackward: (...views) => bound.stepBackward(...views),
        inputGradient: (...views) => bound.inputGradient(...views),
        accumulate: (...views) => bound.accumulate(...views),
      };
      return { ...whole, ...change(bound, { parameters, gradients }) };
    },
  });
}

/** The same cell, but with something done to the views after one of its calls. */
export function after<C extends Exclude<keyof BoundCell, "prepare">>(
  cell: Cell,
  call: C,
  harm: (views: Parameters<BoundCell[C]>, vectors: Vectors) => void,
): Cell {
  return altered(cell, (bound, vectors) => ({
    [call]: (...views: Parameters<BoundCell[C]>) => {
      (bound[call] as (...views: Parameters<BoundCell[C]>) => void)(...views);
      harm(views, vectors);
    },
  }));
}
