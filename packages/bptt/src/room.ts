import { Arena, type ElementType, type Rows, type View } from "@unroll/kernels";
import type { BoundCell, Cell } from "@unroll/rnn-cell";
import { Blocks } from "./blocks.ts";
import { Layer } from "./layer.ts";
import type { UnrollOptions } from "./options.ts";
import { sweepsOverlap } from "./windows.ts";

/** The working memory of an unrolled stack, apart from what the cells reserve for themselves. */
export interface Room {
  readonly layers: Layer[];
  /** The inputs of one segment. */
  readonly inputs: Rows;
  /** Kept states: by slot, by layer. */
  readonly slots: View[][];
  /** T·B×I if asked for. */
  readonly dInputs: Blocks | undefined;
}

/** Reserves room for segments of n steps and so many kept states. */
export function reserveRoom(
  arena: Arena,
  cells: readonly Cell[],
  bound: readonly BoundCell[],
  options: UnrollOptions,
  n: number,
  slots: number,
): Room {
  const { steps, batch, truncation } = options;
  const { inputSize } = cells[0];
  const sum = truncation !== undefined && sweepsOverlap(steps, truncation);
  return {
    layers: cells.map((cell, l) => new Layer(arena, cell, bound[l], { steps: n, batch, sum })),
    inputs: options.tokens ? arena.tokens(n * batch) : arena.matrix(n * batch, inputSize),
    slots:
      n < steps
        ? Array.from({ length: slots }, () => cells.map((cell) => arena.matrix(batch, cell.stateSize)))
        : [],
    dInputs: options.inputGradient ? new Blocks(arena, arena.matrix(steps * batch, inputSize)) : undefined,
  };
}

/** Bytes of that room, without making it. */
export function roomBytes(
  type: ElementType,
  cells: readonly Cell[],
  options: UnrollOptions,
  n: number,
  slots: number,
): number {
  const arena = new Arena(type);
  reserveRoom(arena, cells, [], options, n, slots);
  return arena.bytes;
}

/** Puts the cells to work on their parts of the flat vectors. */
export function bindCells(
  arena: Arena,
  cells: readonly Cell[],
  parameters: View,
  gradients: View,
): BoundCell[] {
  let at = 0;
  return cells.map((cell) => {
    const { size } = cell.parameters;
    const bound = cell.bind(arena, arena.part(parameters, at, 1, size), arena.part(gradients, at, 1, size));
    at += size;
    return bound;
  });
}
