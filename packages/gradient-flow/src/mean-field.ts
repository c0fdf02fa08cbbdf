import { type ElementwiseActivation, tanh } from "@unroll/activations";
import { OptionError } from "@unroll/kernels";
import { gaussHermite, type Quadrature } from "./gauss-hermite.ts";
import { log } from "./scale.ts";

export interface MeanFieldOptions {
  /** g: weights are N(0, g²/n). */
  readonly gain: number;
  /** s: standard deviation of the noise added to every pre-activation at every step. */
  readonly noise: number;
  /** σ; tanh unless given. Smooth ones only: a kink costs the quadrature its precision. */
  readonly activation?: ElementwiseActivation | undefined;
}

/** Very wide random networks z_t = W h_{t-1} + s ξ_t, h_t = σ(z_t), in the steady state. */
export interface MeanField {
  /** q = g² E σ(√q ξ)² + s²: the variance of a pre-activation. */
  readonly q: number;
  /** χ = g² E σ'(√q ξ)²: what a squared gradient norm is multiplied with at each step. */
  readonly chi: number;
  /** ½ ln χ, about λ_1. */
  readonly lyapunov: number;
  /** -1/ln χ: steps in which the squared norm falls to 1/e; negative if it grows, infinite at χ = 1. */
  readonly timeScale: number;
}

/**
 * The mean field of random networks: q from its fixed-point equation (the largest solution), then χ. ξ is N(0,1);
 * expectations by Gauss-Hermite quadrature with 101 nodes.
 * M. Chen, J. Pennington, S. Schoenholz, ICML 2018.
 * @throws OptionError if the gain is not a number > 0 or the noise not one ≥ 0, or if q grows without bound
 */
export function meanField({ gain, noise, activation = tanh }: MeanFieldOptions): MeanField {
  checkNumber("gain", gain, Number.MIN_VALUE);
  checkNumber("noise", noise, 0);
  return fieldOf(gain, noise, activation, gaussHermite(101));
}

/**
 * The gain at which χ = 1: below it gradients of very wide random networks vanish, above they explode. For s → 0 it is 1.
 * @throws as `meanField`, OptionError if there is no such gain below 1000
 */
export function criticalGain(noise: number, activation: ElementwiseActivation = tanh): number {
  checkNumber("noise", noise, 0);
  const quadrature = gaussHermite(101);
  const chi = (gain: number): number => fieldOf(gain, noise, activation, quadrature).chi;
  let [low, high] = [0, 1];
  for (; chi(high) < 1; high *= 2) {
    if (high > 1000)
      throw new OptionError("criticalGain", "noise", noise, "one with a critical gain below 1000");
    low = high;
  }
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (chi(middle) < 1) low = middle;
    else high = middle;
  }
  return high;
}

function fieldOf(g: number, s: number, activation: ElementwiseActivation, quadrature: Quadrature): MeanField {
  const expected = (q: number, f: (z: number, y: number) => number): number => {
    let sum = 0;
    for (const [i, weight] of quadrature.weights.entries()) {
      const z = Math.sqrt(q) * quadrature.nodes[i];
      const value = f(z, activation.value(z));
      sum += weight * value * value;
    }
    return sum;
  };
  const excess = (q: number): number => g * g * expected(q, (_, y) => y) + s * s - q;
  let high = 1;
  for (; excess(high) > 0; high *= 4)
    if (high > 1e12) throw new OptionError("meanField", "gain", g, "one at which the variance stays finite");
  // For bounded σ the excess is positive below the largest solution, which may be 0.
  let low = 0;
  for (let middle = high / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (excess(middle) > 0) low = middle;
    else high = middle;
  }
  const chi =
    g * g * expected(high, (z, y) => activation.derivative(activation.needsInput ? z : Number.NaN, y));
  return { q: high, chi, lyapunov: 0.5 * log(chi), timeScale: -1 / log(chi) };
}

function checkNumber(name: string, value: number, least: number): void {
  if (!(value >= least && value < Number.POSITIVE_INFINITY))
    throw new OptionError("meanField", name, value, least > 0 ? "a number > 0" : "a number ≥ 0");
}
