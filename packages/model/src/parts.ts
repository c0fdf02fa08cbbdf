import type { ElementType, KernelChoice } from "@unroll/kernels";
import { joinLayouts, type Layout } from "@unroll/linalg";
import type { Cell, Readout } from "@unroll/rnn-cell";

/** The parts of a model that do not change. */
export interface ModelParts {
  readonly type: ElementType;
  /** The stack from below; at least one. */
  readonly cells: readonly Cell[];
  readonly readout: Readout;
  /** Which arithmetic runs; "reproducible" unless given. */
  readonly kernels?: KernelChoice | undefined;
}

/** Where the parameters of a stack and its readout lie in one flat vector. */
export function modelLayout(cells: readonly Cell[], readout: Readout): Layout {
  return joinLayouts({
    ...Object.fromEntries(cells.map((cell, l) => [l, cell.parameters])),
    readout: readout.parameters,
  });
}
