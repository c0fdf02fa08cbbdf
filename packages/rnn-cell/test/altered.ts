import type { View } from "@unroll/kernels";
import type { BoundCell, Cell } from "@unroll/rnn-cell";
import { alteredCell } from "@unroll/rnn-cell/laws";

/** The flat vectors that a cell is bound to. */
interface Vectors {
  readonly parameters: View;
  readonly gradients: View;
}

/** The same cell with another description. */
export function describedAs(cell: Cell, change: Partial<Cell>): Cell {
  return { ...alteredCell(cell, () => ({})), ...change };
}

/** The same cell, but with something done to the views after one of its calls. */
export function after<C extends Exclude<keyof BoundCell, "prepare" | "accumulatePart">>(
  cell: Cell,
  call: C,
  harm: (views: Parameters<BoundCell[C]>, vectors: Vectors) => void,
): Cell {
  return alteredCell(cell, (bound, parameters, gradients) => ({
    [call]: (...views: Parameters<BoundCell[C]>) => {
      (bound[call] as (...views: Parameters<BoundCell[C]>) => void)(...views);
      harm(views, { parameters, gradients });
    },
  }));
}
