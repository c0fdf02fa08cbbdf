import type { Arena, Kernels, View } from "@unroll/kernels";

/**
 * A rule that turns a gradient into a step of the parameters, both flat vectors (1×N).
 *
 * An optimizer holds only its options; what it remembers is in the state, so one optimizer serves many models, and a part
 * of a vector can have its own optimizer and state.
 */
export interface Optimizer {
  readonly name: string;
  /** Plans the state for `size` parameters in the arena that will hold them. */
  reserve(arena: Arena, size: number): OptimizerState;
  /**
   * One step: changes parameters and state, leaves the gradients. Allocates nothing.
   * @throws NonFiniteError if a gradient is NaN or infinite, ShapeError if the vectors don't match, StateError if the
   * state is another optimizer's, ValueError if a schedule or a gradient is out of range; nothing has changed then
   */
  update(kernels: Kernels, parameters: View, gradients: View, state: OptimizerState): void;
}

/** All that an optimizer remembers: saved and put back, training goes on with the same bits. */
export interface OptimizerState {
  /** Updates done so far. Set it to 0 to start afresh: the first update clears the vectors. */
  step: number;
  /** Twins of the parameters (1×N each), by name. */
  readonly vectors: Readonly<Record<string, View>>;
}

/** A learning rate as a function of the number of updates done before, from 0. */
export type Schedule = (step: number) => number;

/** The learning rate and the weight decay, as every optimizer has them. */
export interface CommonOptions {
  /** η, a number or a schedule. */
  readonly learningRate: number | Schedule;
  /** λ, 0 for none. Default 0. */
  readonly weightDecay?: number;
  /**
   * false: λθ joins the gradient, g ← g + λθ (an L2 penalty, as in PyTorch); true: θ ← (1 - ηλ)θ before the step, and the
   * gradient stays as it is (as in Keras). Default false.
   */
  readonly decoupled?: boolean;
}
