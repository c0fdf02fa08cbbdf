import type { KernelKind } from "./implementation.ts";
import type { ElementType, Tokens, View } from "./view.ts";

/**
 * The arithmetic on one arena. Nothing is checked and nothing allocated: callers own the shapes.
 *
 * Two laws hold for every implementation and make results independent of tiles, batches, workers and back ends:
 * - an element of a product is summed in one accumulator over the inner index ascending, starting from what stands
 *   in the destination (weight gradients: over rows from the last to the first);
 * - a full reduction uses eight float64 partial sums by index mod 8, combined as ((0+1)+(2+3))+((4+5)+(6+7)).
 *
 * Every operation rounds to the element type. Element-wise passes that can meet vanishing numbers flush: a result
 * below `flushLimit(type)` in magnitude becomes +0, since denormal numbers cost a hundred times as much.
 */
export interface Kernels extends Products, TokenKernels, Elementwise, RowKernels, Reductions, Updates {
  /** Which implementation runs. */
  readonly kind: KernelKind;
  readonly type: ElementType;
}

/** Products of matrices. A packed operand is B laid out for `addProduct`; its layout belongs to the implementation. */
export interface Products {
  /** Elements that a packed `inner`×`columns` operand takes. */
  packedSize(inner: number, columns: number): number;
  /** Packs B (K×N) for A·B. */
  pack(packed: View, B: View): void;
  /** Packs Bᵀ, where B is N×K, for A·Bᵀ. */
  packTransposed(packed: View, B: View): void;
  /** C ← C + A·P. C is M×N, A is M×K, P a packed K×N operand. */
  addProduct(C: View, A: View, P: View): void;
  /** C ← C + Aᵀ·B, rows summed from the last to the first. C is M×N, A is R×M, B is R×N. */
  addTransposedProduct(C: View, A: View, B: View): void;
  /** c ← c + column sums of A, rows from the last to the first. c is 1×N, A is R×N. */
  addColumnSums(c: View, A: View): void;
}

/** Products with one-hot matrices, given by their tokens: the bits are those of the dense product. */
export interface TokenKernels {
  /** C[r,:] ← C[r,:] + W[:,tokens[r]]. C is R×N, W is N×V. */
  addTokenColumns(C: View, tokens: Tokens, W: View): void;
  /** dW[:,tokens[r]] ← dW[:,tokens[r]] + D[r,:], rows from the last to the first. dW is N×V, D is R×N. */
  scatterAddColumns(dW: View, tokens: Tokens, D: View): void;
}

/** Passes over all elements. Destinations may be the same as a source, otherwise nothing may overlap. */
export interface Elementwise {
  fill(Y: View, value: number): void;
  copy(Y: View, X: View): void;
  /** Y ← Y + X. */
  add(Y: View, X: View): void;
  /** Y ← a·X. */
  scale(Y: View, X: View, a: number): void;
  /** Every row of Y ← b (1×N). */
  broadcastRow(Y: View, b: View): void;
  /** Row r of Y ← a[r] · row r of Y (a is R×1); a factor 0 gives exact 0 whatever stood there. */
  scaleRows(Y: View, a: View): void;
  /** Y ← tanh Z. */
  tanh(Y: View, Z: View): void;
  /** Y ← 1/(1 + e^(-Z)). */
  sigmoid(Y: View, Z: View): void;
  /** Y ← max(Z, 0). NaN stays NaN. */
  relu(Y: View, Z: View): void;
  /** dZ ← dY ⊙ (1 - Y²), flushed. */
  tanhBackward(dZ: View, Y: View, dY: View): void;
  /** dZ ← dY ⊙ Y ⊙ (1 - Y), flushed. */
  sigmoidBackward(dZ: View, Y: View, dY: View): void;
  /** dZ ← dY where Y > 0, else 0; flushed. */
  reluBackward(dZ: View, Y: View, dY: View): void;
  /** dZ ← dY, flushed. */
  identityBackward(dZ: View, Y: View, dY: View): void;
}

/** Passes over rows, each row on its own. */
export interface RowKernels {
  /** Each row of Y ← softmax of the row of Z: e^(z - max z) / Σ e^(z - max z), sums over columns ascending. */
  softmax(Y: View, Z: View): void;
  /**
   * losses[r] ← w_r (log Σ_j e^(z_rj) - z_r,target) and, if asked, dZ[r,:] ← scale · w_r (softmax(z_r) - onehot).
   * A row with weight 0 or a negative target gives exact zeros. Weights are R×1; without them every weight is 1.
   */
  softmaxCrossEntropy(
    losses: View,
    dZ: View | undefined,
    Z: View,
    targets: Tokens,
    weights: View | undefined,
    scale: number,
  ): void;
}

/** Reductions to one number, in float64 whatever the element type. */
export interface Reductions {
  sum(X: View): number;
  sumOfSquares(X: View): number;
  /** Σ x·y over all elements. */
  dot(X: View, Y: View): number;
  /** Index (r · columns + c) of the first NaN or infinite element, or -1. */
  firstNonFinite(X: View): number;
}

/**
 * One step of an optimizer on flat vectors, state in twin vectors, in one pass. All views are 1×N.
 *
 * The letters: θ parameters, g gradient, η learning rate; λ weight decay that joins the gradient, g' = g + λθ; κ weight
 * decay that doesn't, θ ← κθ before the step (λ = 0 and κ = 1 for none). Only + - × ÷ √ and comparisons, each rounded to
 * the element type in the order written, 1 - β computed in float64 and rounded once. State vectors are flushed.
 */
export interface Updates {
  /** θ ← κθ - η g'. */
  sgdUpdate(theta: View, g: View, eta: number, lambda: number, kappa: number): void;
  /** b ← μb + c g'; θ ← κθ - η (p g' + q b). */
  momentumUpdate(
    theta: View,
    g: View,
    b: View,
    eta: number,
    lambda: number,
    kappa: number,
    mu: number,
    c: number,
    p: number,
    q: number,
  ): void;
  /**
   * v ← ρv + (1-ρ)g'²; u = g'/(√(w + ε_in) + ε_out) with w = v; θ ← κθ - η u.
   * With a (the mean of g'): a ← ρa + (1-ρ)g', w = max(v - a², 0). With b: b ← μb + c u, and θ takes b for u.
   */
  rmspropUpdate(
    theta: View,
    g: View,
    v: View,
    a: View | undefined,
    b: View | undefined,
    eta: number,
    lambda: number,
    kappa: number,
    rho: number,
    epsilonIn: number,
    epsilonOut: number,
    mu: number,
    c: number,
  ): void;
  /** v ← v + g'²; θ ← κθ - η g'/(√(v + ε_in) + ε_out). */
  adagradUpdate(
    theta: View,
    g: View,
    v: View,
    eta: number,
    lambda: number,
    kappa: number,
    epsilonIn: number,
    epsilonOut: number,
  ): void;
  /**
   * m ← β₁m + (1-β₁)g'; v ← β₂v + (1-β₂)g'²; θ ← κθ - η m/(√w + ε) with w = v.
   * With x (the largest v so far): x ← max(x, v), w = x. Bias corrections are the caller's, in η and ε.
   */
  adamUpdate(
    theta: View,
    g: View,
    m: View,
    v: View,
    x: View | undefined,
    eta: number,
    lambda: number,
    kappa: number,
    beta1: number,
    beta2: number,
    epsilon: number,
  ): void;
  /** g ← min(max(g, -limit), limit). Returns the number of elements that changed; NaN stays NaN. */
  clamp(g: View, limit: number): number;
}
