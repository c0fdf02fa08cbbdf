import type { CommonOptions, Optimizer } from "./optimizer.ts";
import { checkNames, flag, learningRate, nonNegative } from "./options.ts";
import { optimizer } from "./rule.ts";

const NAMES: readonly string[] = ["learningRate", "weightDecay", "decoupled"];

/** Gradient descent: θ ← θ - η g. It has no state vectors. @throws OptionError */
export function sgd(options: CommonOptions): Optimizer {
  checkNames("sgd", options, NAMES);
  return optimizer({
    name: "sgd",
    learningRate: learningRate("sgd", options.learningRate),
    weightDecay: nonNegative("sgd", "weightDecay", options.weightDecay ?? 0),
    decoupled: flag("sgd", "decoupled", options.decoupled ?? false),
    vectors: [],
    initial: 0,
    epsilon: undefined,
    apply(kernels, theta, g, _state, eta, lambda, kappa) {
      kernels.sgdUpdate(theta, g, eta, lambda, kappa);
    },
  });
}
