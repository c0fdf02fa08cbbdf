/** Numbers in ±½ without a pattern: the fractional parts of multiples of the golden ratio. */
export function scattered(n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => (((i + 1) * 0.6180339887498949) % 1) - 0.5);
}
