import { isTokens, type Rows } from "./view.ts";

/**
 * Copies rows from any memory into an arena (or out of it), converting the element type. Without allocation.
 * Both are matrices of the same shape, or both are tokens with as many rows; `firstRow` skips rows of the source.
 */
export function load(target: Rows, source: Rows, firstRow = 0): void {
  const to = target.data;
  const from = source.data;
  if (isTokens(target) || isTokens(source)) {
    for (let r = 0; r < target.rows; r++) to[target.offset + r] = from[source.offset + firstRow + r];
    return;
  }
  const count = target.rows * target.columns;
  const whole = target.stride === target.columns && source.stride === target.columns;
  if (whole && source.offset + firstRow * source.stride === 0 && from.length === count) {
    // Part of an array would need a view of it, which is garbage.
    (to as Float64Array).set(from as Float64Array, target.offset);
    return;
  }
  for (let r = 0; r < target.rows; r++) {
    const toRow = target.offset + r * target.stride;
    const fromRow = source.offset + (firstRow + r) * source.stride;
    for (let c = 0; c < target.columns; c++) to[toRow + c] = from[fromRow + c];
  }
}
