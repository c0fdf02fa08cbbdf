import { type ElementType, type KernelChoice, OptionError } from "@unroll/kernels";
import type { Cell, Readout } from "@unroll/rnn-cell";
import { checkCount } from "./jacobians.ts";

export interface TracerOptions {
  /** The stack from below; any cells that keep the contract. */
  readonly cells: readonly Cell[];
  /** Without one, the outputs are the visible states of the top cell. */
  readonly readout?: Readout | undefined;
  /** T: the most steps that a run may have. */
  readonly steps: number;
  /** Inputs are tokens rather than rows of features. */
  readonly tokens?: boolean | undefined;
  /** Targets are tokens. */
  readonly tokenTargets?: boolean | undefined;
  /** In which the network runs; "float64" unless given. Measures are computed in float64 either way. */
  readonly type?: ElementType | undefined;
  /** "reproducible" unless given. */
  readonly kernels?: KernelChoice | undefined;
}

/** @throws OptionError, ValueError */
export function checkTracerOptions({ cells, readout, steps }: TracerOptions): void {
  const where = "Tracer";
  checkCount(where, "steps", steps, Number.MAX_SAFE_INTEGER);
  if (cells.length === 0) throw new OptionError(where, "cells", cells, "at least one cell");
  for (let l = 1; l <= cells.length; l++) {
    const above = l < cells.length ? cells[l].inputSize : readout?.inputSize;
    const { outputSize } = cells[l - 1];
    if (above === undefined || above === outputSize) continue;
    const name = l < cells.length ? `cells[${l}].inputSize` : "readout.inputSize";
    throw new OptionError(where, name, above, `${outputSize}, the output size below it`);
  }
}
