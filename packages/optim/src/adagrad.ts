import type { CommonOptions, Optimizer } from "./optimizer.ts";
import { checkNames, choice, flag, learningRate, nonNegative, positive } from "./options.ts";
import { optimizer } from "./rule.ts";

export interface AdagradOptions extends Partial<CommonOptions> {
  /** What the sum of squares starts from. Default 0. Keras has 0.1. */
  readonly initialAccumulator?: number;
  /** ε. Default 1e-10. Keras has 1e-7. */
  readonly epsilon?: number;
  /** "outside": √v + ε (PyTorch); "inside": √(v + ε) (Keras). Default "outside". */
  readonly epsilonPlacement?: "outside" | "inside";
  /** η is divided by 1 + step · learningRateDecay. Default 0. */
  readonly learningRateDecay?: number;
}

const NAMES: readonly string[] = [
  "learningRate",
  "weightDecay",
  "decoupled",
  "initialAccumulator",
  "epsilon",
  "epsilonPlacement",
  "learningRateDecay",
];

/**
 * Adagrad: v ← v + g², θ ← θ - η g/(√v + ε); η is 0.01 unless given. Its state is the vector `squares`, v.
 * Source: Duchi, Hazan & Singer, JMLR 2011.
 * @throws OptionError
 */
export function adagrad(options: AdagradOptions = {}): Optimizer {
  const name = "adagrad";
  checkNames(name, options, NAMES);
  const { epsilonPlacement = "outside" } = options;
  const epsilon = positive(name, "epsilon", options.epsilon ?? 1e-10);
  const inRoot = choice(name, "epsilonPlacement", epsilonPlacement, ["outside", "inside"]) === "inside";
  const epsilonIn = inRoot ? epsilon : 0;
  const epsilonOut = inRoot ? 0 : epsilon;
  const slowing = nonNegative(name, "learningRateDecay", options.learningRateDecay ?? 0);
  return optimizer({
    name,
    learningRate: learningRate(name, options.learningRate ?? 0.01),
    weightDecay: nonNegative(name, "weightDecay", options.weightDecay ?? 0),
    decoupled: flag(name, "decoupled", options.decoupled ?? false),
    vectors: ["squares"],
    initial: nonNegative(name, "initialAccumulator", options.initialAccumulator ?? 0),
    epsilon,
    apply(kernels, theta, g, { step, vectors }, eta, lambda, kappa) {
      const rate = eta / (1 + step * slowing);
      kernels.adagradUpdate(theta, g, vectors.squares, rate, lambda, kappa, epsilonIn, epsilonOut);
    },
  });
}
