/**
 * Moves labels that would overlap apart: at least `apart` from each other, within `top` and `bottom`, in the order of their
 * wishes and as near to them as that allows.
 */
export function spread(
  wishes: readonly number[],
  apart: number,
  top: number,
  bottom: number,
): readonly number[] {
  const order = wishes.map((_, i) => i).sort((i, j) => wishes[i] - wishes[j] || i - j);
  const places = [...wishes];
  let free = top;
  for (const i of order) {
    places[i] = Math.max(wishes[i], free);
    free = places[i] + apart;
  }
  let limit = bottom;
  for (const i of order.toReversed()) {
    places[i] = Math.min(places[i], limit);
    limit = places[i] - apart;
  }
  return places;
}
