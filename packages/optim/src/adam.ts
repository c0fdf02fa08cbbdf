import type { CommonOptions, Optimizer } from "./optimizer.ts";
import { checkNames, choice, flag, fraction, learningRate, nonNegative, positive } from "./options.ts";
import { power } from "./power.ts";
import { optimizer } from "./rule.ts";

export interface AdamOptions extends Partial<Pick<CommonOptions, "learningRate" | "weightDecay">> {
  /** β₁, how much of the mean gradient stays. Default 0.9. */
  readonly beta1?: number;
  /** β₂, how much of the mean square stays. Default 0.999. */
  readonly beta2?: number;
  /** ε. Default 1e-8. Keras has 1e-7. */
  readonly epsilon?: number;
  /**
   * Where ε joins. "after-correction": √(v/(1-β₂^t)) + ε (the paper's algorithm 1, PyTorch); "before-correction":
   * √v + ε, with the corrections in the rate ("epsilon hat" of the paper's section 2, Keras), so that ε counts
   * 1/√(1-β₂^t) times as much. Default "after-correction".
   */
  readonly epsilonPlacement?: "after-correction" | "before-correction";
  /** Divide by the largest v so far (AMSGrad; Reddi, Kale & Kumar, ICLR 2018). Default false. */
  readonly amsgrad?: boolean;
}

const NAMES: readonly string[] = [
  "learningRate",
  "weightDecay",
  "beta1",
  "beta2",
  "epsilon",
  "epsilonPlacement",
  "amsgrad",
];

/**
 * Adam: m ← β₁ m + (1-β₁) g, v ← β₂ v + (1-β₂) g², θ ← θ - η m̂/(√v̂ + ε) with m̂ = m/(1-β₁^t), v̂ = v/(1-β₂^t); η is 0.001
 * unless given, and weight decay joins the gradient (g ← g + λθ).
 *
 * State vectors: `means` m, `squares` v, and with amsgrad `largest`. Computed as θ ← θ - η_t m/(√v + ε_t) with
 * η_t = η √(1-β₂^t)/(1-β₁^t) and ε_t = ε √(1-β₂^t), which is the same.
 * Source: Kingma & Ba, arXiv:1412.6980.
 * @throws OptionError
 */
export function adam(options: AdamOptions = {}): Optimizer {
  return adaptiveMoments(
    "adam",
    options,
    nonNegative("adam", "weightDecay", options.weightDecay ?? 0),
    false,
  );
}

/**
 * Adam with decoupled weight decay: θ ← (1 - ηλ) θ, then Adam's step from the plain gradient. λ is 0.01 unless given
 * (Keras: 0.004).
 * Source: Loshchilov & Hutter, arXiv:1711.05101.
 * @throws OptionError
 */
export function adamW(options: AdamOptions = {}): Optimizer {
  return adaptiveMoments(
    "adamW",
    options,
    nonNegative("adamW", "weightDecay", options.weightDecay ?? 0.01),
    true,
  );
}

function adaptiveMoments(
  name: string,
  options: AdamOptions,
  weightDecay: number,
  decoupled: boolean,
): Optimizer {
  checkNames(name, options, NAMES);
  const { epsilonPlacement = "after-correction" } = options;
  const beta1 = fraction(name, "beta1", options.beta1 ?? 0.9);
  const beta2 = fraction(name, "beta2", options.beta2 ?? 0.999);
  const epsilon = positive(name, "epsilon", options.epsilon ?? 1e-8);
  const amsgrad = flag(name, "amsgrad", options.amsgrad ?? false);
  const corrected =
    choice(name, "epsilonPlacement", epsilonPlacement, ["after-correction", "before-correction"]) ===
    "after-correction";
  return optimizer({
    name,
    learningRate: learningRate(name, options.learningRate ?? 0.001),
    weightDecay,
    decoupled,
    vectors: ["means", "squares", ...(amsgrad ? ["largest"] : [])],
    initial: 0,
    epsilon,
    apply(kernels, theta, g, { step, vectors }, eta, lambda, kappa) {
      const meanCorrection = 1 - power(beta1, step + 1);
      const rootCorrection = Math.sqrt(1 - power(beta2, step + 1));
      kernels.adamUpdate(
        theta,
        g,
        vectors.means,
        vectors.squares,
        amsgrad ? vectors.largest : undefined,
        (eta * rootCorrection) / meanCorrection,
        lambda,
        kappa,
        beta1,
        beta2,
        corrected ? epsilon * rootCorrection : epsilon,
      );
    },
  });
}
