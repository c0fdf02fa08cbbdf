import type { CommonOptions, Optimizer } from "./optimizer.ts";
import { checkNames, choice, flag, fraction, learningRate, nonNegative } from "./options.ts";
import { optimizer } from "./rule.ts";

export interface NesterovOptions extends CommonOptions {
  /** μ, how much of the velocity stays. Default 0.9. */
  readonly momentum?: number;
  /**
   * What the velocity holds. "outside": gradients, and a new η counts for all of it at once (PyTorch); "inside":
   * steps, each with the η of its time (Keras). They differ only while η changes. Default "outside".
   */
  readonly learningRatePlacement?: "outside" | "inside";
}

export interface MomentumOptions extends NesterovOptions {
  /** d: a new gradient enters with the factor 1 - d, but the first one whole, as in PyTorch. Default 0. */
  readonly dampening?: number;
}

const NAMES: readonly string[] = [
  "learningRate",
  "weightDecay",
  "decoupled",
  "momentum",
  "learningRatePlacement",
];

/**
 * The heavy ball: b ← μ b + (1-d) g, θ ← θ - η b (outside), or b ← μ b + η (1-d) g, θ ← θ - b (inside).
 * Its state is the vector `velocity`, b.
 * @throws OptionError
 */
export function momentum(options: MomentumOptions): Optimizer {
  checkNames("momentum", options, [...NAMES, "dampening"]);
  return heavyBall("momentum", options, fraction("momentum", "dampening", options.dampening ?? 0), false);
}

/**
 * Nesterov's momentum, in the form of Sutskever et al. (ICML 2013) at the point looked ahead:
 * b ← μ b + g, θ ← θ - η (g + μ b) (outside), or b ← μ b + η g, θ ← θ - (η g + μ b) (inside).
 * Its state is the vector `velocity`, b.
 * @throws OptionError
 */
export function nesterov(options: NesterovOptions): Optimizer {
  checkNames("nesterov", options, NAMES);
  return heavyBall("nesterov", options, 0, true);
}

function heavyBall(name: string, options: NesterovOptions, dampening: number, ahead: boolean): Optimizer {
  const mu = fraction(name, "momentum", options.momentum ?? 0.9);
  const placement = options.learningRatePlacement ?? "outside";
  const outside = choice(name, "learningRatePlacement", placement, ["outside", "inside"]) === "outside";
  return optimizer({
    name,
    learningRate: learningRate(name, options.learningRate),
    weightDecay: nonNegative(name, "weightDecay", options.weightDecay ?? 0),
    decoupled: flag(name, "decoupled", options.decoupled ?? false),
    vectors: ["velocity"],
    initial: 0,
    epsilon: undefined,
    apply(kernels, theta, g, state, eta, lambda, kappa) {
      const inner = outside ? 1 : eta;
      const outer = outside ? eta : 1;
      const intake = state.step === 0 ? inner : inner * (1 - dampening);
      const { velocity } = state.vectors;
      if (ahead) kernels.momentumUpdate(theta, g, velocity, outer, lambda, kappa, mu, intake, inner, mu);
      else kernels.momentumUpdate(theta, g, velocity, outer, lambda, kappa, mu, intake, 0, 1);
    },
  });
}
