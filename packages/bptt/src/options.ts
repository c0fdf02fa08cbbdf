import { OptionError, ShapeError, type View } from "@unroll/kernels";
import type { Cell } from "@unroll/rnn-cell";
import type { Checkpoint } from "./checkpoint-plan.ts";
import type { Team } from "./team.ts";
import { checkTruncation, type Truncation } from "./windows.ts";

export interface UnrollOptions {
  /** T and B: the most steps and sequences that a run may have. */
  readonly steps: number;
  readonly batch: number;
  /** True if the inputs are tokens rather than rows of features. */
  readonly tokens?: boolean | undefined;
  /** Back-propagate through a limited number of steps. */
  readonly truncation?: Truncation | undefined;
  /** Trade memory for a second forward pass; the bits stay the same. Not together with truncation. */
  readonly checkpoint?: Checkpoint | undefined;
  /** Also give dL/dx_t. Not for tokens. */
  readonly inputGradient?: boolean | undefined;
  /** Threads that run the stack together; without it this one runs it alone. */
  readonly team?: Team | undefined;
}

/** @throws OptionError if an option is out of range, two exclude each other, or the sizes of the stack do not meet */
export function checkOptions(cells: readonly Cell[], options: UnrollOptions): void {
  for (const name of ["steps", "batch"] as const) {
    if (!Number.isSafeInteger(options[name]) || options[name] < 1) {
      throw new OptionError("bptt", name, options[name], "a positive integer");
    }
  }
  if (cells.length === 0) throw new OptionError("bptt", "cells", cells, "at least one cell");
  for (let l = 1; l < cells.length; l++) {
    const below = cells[l - 1].outputSize;
    const got = cells[l].inputSize;
    if (got !== below)
      throw new OptionError("bptt", `cells[${l}].inputSize`, got, `${below}, the output size below it`);
  }
  if (options.truncation) {
    checkTruncation(options.truncation);
    if ((options.checkpoint ?? "none") !== "none") {
      throw new OptionError("bptt", "checkpoint", options.checkpoint, '"none" together with truncation');
    }
  }
  if (options.tokens && options.inputGradient) {
    throw new OptionError("bptt", "inputGradient", true, "false with tokens, which have no gradient");
  }
}

/** @throws ShapeError if a flat vector has not the length of all cells' parameters together */
export function checkVectors(cells: readonly Cell[], vectors: Readonly<Record<string, View>>): void {
  const size = cells.reduce((sum, { parameters }) => sum + parameters.size, 0);
  for (const [name, { rows, columns }] of Object.entries(vectors)) {
    if (rows !== 1 || columns !== size) throw new ShapeError("bptt", name, [rows, columns], [1, size]);
  }
}
