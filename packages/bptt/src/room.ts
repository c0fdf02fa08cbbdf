import { Arena, type ElementType, type View } from "@unroll/kernels";
import type { BoundCell, Cell } from "@unroll/rnn-cell";
import { Blocks } from "./blocks.ts";
import { Layer } from "./layer.ts";
import type { UnrollOptions } from "./options.ts";
import { SegmentInputs } from "./segment-inputs.ts";
import { ALONE, reserveForEach, type Team } from "./team.ts";
import { sweepsOverlap } from "./windows.ts";

/** The working memory of an unrolled stack, apart from what the cells reserve for themselves. */
export interface Room {
  readonly layers: Layer[];
  readonly inputs: SegmentInputs;
  /** Kept states: by slot, by layer. */
  readonly slots: Blocks[][];
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
  const { steps, batch, truncation, team = ALONE } = options;
  const { inputSize } = cells[0];
  const sum = truncation !== undefined && sweepsOverlap(steps, truncation);
  return {
    layers: cells.map((cell, l) => new Layer(arena, team, cell, bound[l], { steps: n, batch, sum })),
    inputs: new SegmentInputs(arena, team, n * batch, options.tokens ? 0 : inputSize),
    slots:
      n < steps
        ? Array.from({ length: slots }, () =>
            cells.map((cell) => new Blocks(arena, team, arena.matrix(batch, cell.stateSize))),
          )
        : [],
    dInputs: options.inputGradient
      ? new Blocks(arena, team, arena.matrix(steps * batch, inputSize))
      : undefined,
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

/** Puts the cells to work on their parts of the flat vectors. What they reserve there is each thread's own. */
export function bindCells(
  arena: Arena,
  team: Team,
  cells: readonly Cell[],
  parameters: View,
  gradients: View,
): BoundCell[] {
  let at = 0;
  return cells.map((cell) => {
    const { size } = cell.parameters;
    const [theta, g] = [arena.part(parameters, at, 1, size), arena.part(gradients, at, 1, size)];
    at += size;
    return reserveForEach(team, () => cell.bind(arena, theta, g));
  });
}
