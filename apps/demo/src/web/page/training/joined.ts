/** Measurements joined by straight lines, at the places `x`; nothing before the first one and behind the last one. */
export function joined(
  points: readonly { readonly step: number; readonly value: number }[],
  x: Float64Array,
): Float64Array {
  let next = 0;
  return x.map((place) => {
    while (next < points.length && points[next]!.step < place) next++;
    const [before, after] = [points[next - 1], points[next]];
    if (after?.step === place) return after.value;
    if (!before || !after) return Number.NaN;
    const part = (place - before.step) / (after.step - before.step);
    return before.value + part * (after.value - before.value);
  });
}
