import type { CommonOptions, Optimizer } from "./optimizer.ts";
import { checkNames, choice, flag, fraction, learningRate, nonNegative, positive } from "./options.ts";
import { optimizer } from "./rule.ts";

export interface RmspropOptions extends Partial<CommonOptions> {
  /** ρ, how much of the mean square stays (PyTorch: alpha). Default 0.99. Keras has 0.9. */
  readonly rho?: number;
  /** ε. Default 1e-8. Keras has 1e-7. */
  readonly epsilon?: number;
  /** "outside": √v + ε (PyTorch); "inside": √(v + ε) (Keras). Default "outside". */
  readonly epsilonPlacement?: "outside" | "inside";
  /** Divide by the deviation √(v - a²) instead of √v, a being the mean of the gradients. Default false. */
  readonly centered?: boolean;
  /** μ of a momentum on the scaled gradients, 0 for none. Default 0. */
  readonly momentum?: number;
  /** Whether the momentum holds scaled gradients ("outside", PyTorch) or steps ("inside", Keras). Default "outside". */
  readonly learningRatePlacement?: "outside" | "inside";
}

const NAMES: readonly string[] = [
  "learningRate",
  "weightDecay",
  "decoupled",
  "rho",
  "epsilon",
  "epsilonPlacement",
  "centered",
  "momentum",
  "learningRatePlacement",
];

/**
 * RMSprop: v ← ρ v + (1-ρ) g², θ ← θ - η g/(√v + ε); η is 0.01 unless given.
 *
 * Centered: a ← ρ a + (1-ρ) g, and v - a² (0 where rounding makes it negative) in place of v.
 * With momentum: b ← μ b + g/(√v + ε), θ ← θ - η b. State vectors: `squares` v, `means` a, `velocity` b.
 * Source: Tieleman & Hinton, Coursera lecture 6.5, 2012; centered: Graves, arXiv:1308.0850.
 * @throws OptionError
 */
export function rmsprop(options: RmspropOptions = {}): Optimizer {
  const name = "rmsprop";
  checkNames(name, options, NAMES);
  const { epsilonPlacement = "outside", learningRatePlacement = "outside" } = options;
  const rho = fraction(name, "rho", options.rho ?? 0.99);
  const mu = fraction(name, "momentum", options.momentum ?? 0);
  const centered = flag(name, "centered", options.centered ?? false);
  const epsilon = positive(name, "epsilon", options.epsilon ?? 1e-8);
  const inRoot = choice(name, "epsilonPlacement", epsilonPlacement, ["outside", "inside"]) === "inside";
  const epsilonIn = inRoot ? epsilon : 0;
  const epsilonOut = inRoot ? 0 : epsilon;
  const holdsSteps =
    choice(name, "learningRatePlacement", learningRatePlacement, ["outside", "inside"]) === "inside" &&
    mu > 0;
  return optimizer({
    name,
    learningRate: learningRate(name, options.learningRate ?? 0.01),
    weightDecay: nonNegative(name, "weightDecay", options.weightDecay ?? 0),
    decoupled: flag(name, "decoupled", options.decoupled ?? false),
    vectors: ["squares", ...(centered ? ["means"] : []), ...(mu > 0 ? ["velocity"] : [])],
    initial: 0,
    epsilon,
    apply(kernels, theta, g, { vectors }, eta, lambda, kappa) {
      kernels.rmspropUpdate(
        theta,
        g,
        vectors.squares,
        centered ? vectors.means : undefined,
        mu > 0 ? vectors.velocity : undefined,
        holdsSteps ? 1 : eta,
        lambda,
        kappa,
        rho,
        epsilonIn,
        epsilonOut,
        mu,
        holdsSteps ? eta : 1,
      );
    },
  });
}
