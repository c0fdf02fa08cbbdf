import type { Arena, Rows, View } from "@unroll/kernels";
import type { Layout, RandomState } from "@unroll/linalg";

/**
 * A recurrent cell: one step and its adjoint, cut into parts that run for all steps at once and parts that run step
 * by step. A cell is a description without memory; `bind` gives it some.
 *
 * A state has `stateSize` columns; the first `outputSize` of them are visible to the layer above.
 */
export interface Cell {
  /** "elman", or a name of your own. */
  readonly kind: string;
  readonly inputSize: number;
  readonly outputSize: number;
  readonly stateSize: number;
  /** Columns of the projected input. */
  readonly gateSize: number;
  /** Columns saved per step for the way back, besides the states. */
  readonly tapeSize: number;
  /** Columns the way back leaves per step. */
  readonly deltaSize: number;
  /** Names and shapes of the parameters in their flat vector. */
  readonly parameters: Layout;
  /** What a model file must say to make the cell again, besides `kind` and `inputSize`. */
  readonly config?: Readonly<Record<string, string | number | boolean>> | undefined;
  /** Fills the flat vector (1×size) with starting values. */
  initialize(parameters: View, random: RandomState): void;
  /**
   * Puts the cell to work on an arena that is not committed yet; it may reserve memory for itself there.
   * `parameters` and `gradients` are 1×size and stay where they are.
   */
  bind(arena: Arena, parameters: View, gradients: View): BoundCell;
}

/**
 * A cell at work. The number of rows comes from the views: B for one step, any number where steps run together.
 * Views never overlap, but may have any stride. Nothing is allocated and nothing checked. What a call gives depends on
 * its views and the parameters alone, not on the calls before it.
 */
export interface BoundCell {
  /** Call after every change of the parameters, before anything else. */
  prepare(): void;
  /** gates ← the part of the step that depends on inputs and parameters alone. Any number of rows. */
  project(inputs: Rows, gates: View): void;
  /** next ← one step from `previous`; fills the tape. Consumes `gates`. */
  step(gates: View, previous: View, next: View, tape: View): void;
  /**
   * The adjoint of `step`: from dNext = dL/d(next) to delta and dPrevious = dL/d(previous), both overwritten.
   * Linear in dNext; leaves dNext, the tape and the states as they are.
   */
  stepBackward(tape: View, previous: View, next: View, dNext: View, delta: View, dPrevious: View): void;
  /** dInputs ← dL/d(inputs). Any number of rows. */
  inputGradient(delta: View, dInputs: View): void;
  /** Adds dL/d(parameters) to the gradients, rows from the last to the first. Any number of rows. */
  accumulate(inputs: Rows, previous: View, tape: View, delta: View): void;
  /**
   * Part number `part` of so many of what `accumulate` does, each on other elements of the gradients, so that threads can
   * do it together. Without it one thread accumulates for all.
   */
  accumulatePart?(part: number, parts: number, inputs: Rows, previous: View, tape: View, delta: View): void;
}

/** A cell that waits for its input size: what a stack of cells is made of. */
export type CellOfInput = (inputSize: number) => Cell;
