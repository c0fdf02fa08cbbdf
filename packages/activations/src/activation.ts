import type { Kernels, View } from "@unroll/kernels";

/**
 * A function of the pre-activation Z and its derivative. Z, Y and their gradients are matrices of one shape.
 *
 * Neither call checks shapes or allocates. Destinations may be the matrix they are computed from.
 */
export interface Activation {
  /** Names the function whole, parameters included: `tanh`, `leakyRelu(0.2)`. */
  readonly name: string;
  /** Whether `backward` reads Z. If not, Z need not be kept. */
  readonly needsInput: boolean;
  /** γ = sup |σ′|. For a function of rows: the largest 2-norm of its Jacobian. */
  readonly slope?: number | undefined;
  /** Y ← σ(Z). Y may be Z. */
  forward(kernels: Kernels, Y: View, Z: View): void;
  /**
   * dZ ← (∂Y/∂Z)ᵀ dY; element-wise: dZ ← σ′(Z) ⊙ dY. Results below `flushLimit` become +0. dZ may be dY.
   * Z is given if `needsInput`.
   */
  backward(kernels: Kernels, dZ: View, Z: View | undefined, Y: View, dY: View): void;
}

/** y_i = σ(z_i), each element on its own. */
export interface ElementwiseActivation extends Activation {
  /** σ(z), in float64. */
  value(z: number): number;
  /** σ′(z), in float64, where y = σ(z). Without `needsInput` z is not read (`backward` gives NaN). */
  derivative(z: number, y: number): number;
}
