import { Arena, type ElementType, type KernelChoice, type View } from "@unroll/kernels";
import { joinLayouts, type Layout } from "@unroll/linalg";
import type { Cell } from "@unroll/rnn-cell";
import type { UnrollOptions } from "./options.ts";
import { Unrolled } from "./unrolled.ts";

/** An unrolled stack with memory of its own. */
export interface UnrolledStack {
  readonly arena: Arena;
  /** Names are `layer.name`, as in `0.W_hh`. */
  readonly layout: Layout;
  /** 1×size; zeros until you set them or call the cells' `initialize`. */
  readonly parameters: View;
  /** 1×size; `backward` adds to it. */
  readonly gradients: View;
  readonly unrolled: Unrolled;
}

/**
 * Makes an arena, parameters and gradients for a stack of cells, and unrolls it: all that a training loop of your own
 * needs. A model that shares its memory with a readout constructs `Unrolled` itself.
 * @throws OptionError if an option is out of range or the sizes of the stack do not meet
 */
export function unroll(
  cells: readonly Cell[],
  options: UnrollOptions & {
    /** "float32" unless given. */
    readonly type?: ElementType | undefined;
    /** "reproducible" unless given. */
    readonly kernels?: KernelChoice | undefined;
  },
): UnrolledStack {
  const arena = new Arena(options.type ?? "float32", options.kernels);
  const layout = joinLayouts(Object.fromEntries(cells.map((cell, l) => [l, cell.parameters])));
  const parameters = arena.matrix(1, layout.size);
  const gradients = arena.matrix(1, layout.size);
  const unrolled = new Unrolled(arena, cells, parameters, gradients, options);
  arena.commit();
  return { arena, layout, parameters, gradients, unrolled };
}
