/** The least and the largest finite value; 0 and 1 if there is none. */
export function extremes(...series: readonly ArrayLike<number>[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const values of series)
    for (let i = 0; i < values.length; i++)
      if (Number.isFinite(values[i])) {
        low = Math.min(low, values[i]);
        high = Math.max(high, values[i]);
      }
  return low <= high ? [low, high] : [0, 1];
}

/** Whole powers of ten around lines of logarithms, at least one apart. */
export function wholeDecades(lines: readonly { readonly values: ArrayLike<number> }[]): [number, number] {
  const [low, high] = extremes(...lines.map(({ values }) => values));
  return [Math.floor(low), Math.max(Math.ceil(high), Math.floor(low) + 1)];
}
