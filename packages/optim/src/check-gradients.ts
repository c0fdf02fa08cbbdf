import { type Kernels, NonFiniteError, ValueError, type View } from "@unroll/kernels";

/** @throws NonFiniteError naming the index of the first gradient that is NaN or infinite */
export function checkGradients(where: string, kernels: Kernels, gradients: View): void {
  const index = kernels.firstNonFinite(gradients);
  if (index >= 0)
    throw new NonFiniteError(where, "gradient", gradients.data[gradients.offset + index], { index });
}

/** Squares below this are finite in the element type, with room for their sum: 2¹²⁷ and 2¹⁰²³. */
const LARGEST_SQUARE_FLOAT32 = 1.7014118346046923e38;
const LARGEST_SQUARE_FLOAT64 = 8.98846567431158e307;

/**
 * Gradients that will be squared. An infinite square would stay in the state, and its parameter would never move again.
 * @throws NonFiniteError as above, ValueError for a finite gradient whose square overflows
 */
export function checkSquares(where: string, kernels: Kernels, gradients: View): void {
  const largest = kernels.type === "float32" ? LARGEST_SQUARE_FLOAT32 : LARGEST_SQUARE_FLOAT64;
  if (kernels.sumOfSquares(gradients) < largest) return;
  checkGradients(where, kernels, gradients);
  for (let index = 0; index < gradients.columns; index++) {
    const value = gradients.data[gradients.offset + index];
    if (value * value >= largest)
      throw new ValueError(
        where,
        `gradient ${index}`,
        value,
        `less than ${Math.sqrt(largest).toExponential(1)} in magnitude, since its square must be finite; clip it`,
      );
  }
}
