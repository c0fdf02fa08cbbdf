import {
  type Arena,
  flushLimit,
  type Kernels,
  OptionError,
  ShapeError,
  StateError,
  ValueError,
  type View,
} from "@unroll/kernels";
import { checkGradients, checkSquares } from "./check-gradients.ts";
import { checkVector } from "./check-vector.ts";
import type { Optimizer, OptimizerState, Schedule } from "./optimizer.ts";

/** What tells one optimizer from another; `optimizer` adds what all have in common. */
export interface Rule {
  readonly name: string;
  readonly learningRate: number | Schedule;
  readonly weightDecay: number;
  readonly decoupled: boolean;
  /** Names of the state vectors. */
  readonly vectors: readonly string[];
  /** What the state vectors hold before the first update. */
  readonly initial: number;
  /** The number that keeps quotients finite; undefined if the rule doesn't divide (then it takes no squares either). */
  readonly epsilon: number | undefined;
  /** The pass over the vectors, all checked. η is the rate, λ the coupled decay, κ what the decoupled decay keeps. */
  apply(
    kernels: Kernels,
    theta: View,
    g: View,
    state: OptimizerState,
    eta: number,
    lambda: number,
    kappa: number,
  ): void;
}

/** The optimizer of a rule: plans and checks, evaluates the schedule, counts. */
export function optimizer(rule: Rule): Optimizer {
  const { name, learningRate, weightDecay, decoupled, epsilon } = rule;
  return {
    name,

    reserve(arena: Arena, size: number): OptimizerState {
      if (!Number.isSafeInteger(size) || size < 0)
        throw new ShapeError(name, "parameters", [1, size], [1, "N"]);
      const least = flushLimit(arena.type);
      if (epsilon !== undefined && epsilon < least)
        throw new OptionError(name, "epsilon", epsilon, `at least ${least} in ${arena.type}`);
      return {
        step: 0,
        vectors: Object.fromEntries(rule.vectors.map((vector) => [vector, arena.matrix(1, size)])),
      };
    },

    update(kernels: Kernels, parameters: View, gradients: View, state: OptimizerState): void {
      const { step, vectors } = state;
      const size = parameters.columns;
      checkVector(name, "parameters", parameters, size);
      checkVector(name, "gradients", gradients, size);
      for (let i = 0; i < rule.vectors.length; i++) {
        const vector = vectors[rule.vectors[i]];
        if (!vector) throw new StateError(name, `the state has no vector ${rule.vectors[i]}`);
        checkVector(name, rule.vectors[i], vector, size);
      }
      if (!Number.isSafeInteger(step) || step < 0)
        throw new StateError(name, `the state is at step ${step}, expected an integer of 0 or more`);
      const eta = typeof learningRate === "number" ? learningRate : learningRate(step);
      if (!(eta >= 0 && eta < Number.POSITIVE_INFINITY))
        throw new ValueError(name, `learning rate of step ${step}`, eta, "a finite number of 0 or more");
      if (epsilon === undefined) checkGradients(name, kernels, gradients);
      else checkSquares(name, kernels, gradients);

      if (step === 0)
        for (let i = 0; i < rule.vectors.length; i++) kernels.fill(vectors[rule.vectors[i]], rule.initial);
      const lambda = decoupled ? 0 : weightDecay;
      const kappa = decoupled ? 1 - eta * weightDecay : 1;
      rule.apply(kernels, parameters, gradients, state, eta, lambda, kappa);
      state.step = step + 1;
    },
  };
}
