/** The range of y: at least 10⁻⁵ … 10³, all that is measured down to 10⁻²⁰; the bounds may leave at the top. */
export function decades(...measured: readonly (Float64Array | undefined)[]): [number, number] {
  let [low, high] = [-5, 3];
  for (const values of measured)
    for (const value of values ?? [])
      if (Number.isFinite(value)) {
        low = Math.min(low, Math.floor(value));
        high = Math.max(high, Math.ceil(value) + 1);
      }
  return [Math.max(low, -20), Math.min(high, 20)];
}
