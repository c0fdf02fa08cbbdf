/** Ends of line pieces, four numbers each: x, y, x, y. Column c of the grid lies at x = c, row r at y = r. */
export type Segments = number[];

/**
 * The line on which a grid has the value `at`, by marching squares. Squares with a corner that is not finite have none,
 * so the line ends where the values end.
 */
export function contour(values: Float64Array, rows: number, columns: number, at: number): Segments {
  const segments: Segments = [];
  for (let r = 0; r + 1 < rows; r++)
    for (let c = 0; c + 1 < columns; c++) {
      const i = r * columns + c;
      square(
        segments,
        r,
        c,
        values[i] - at,
        values[i + 1] - at,
        values[i + columns] - at,
        values[i + columns + 1] - at,
      );
    }
  return segments;
}

/** The pieces within one square, from how far its corners lie above the line: top left, top right, bottom left, bottom right. */
function square(out: Segments, r: number, c: number, a: number, b: number, d: number, e: number): void {
  if (!Number.isFinite(a + b + d + e)) return;
  const ends: number[] = [];
  if (a >= 0 !== b >= 0) ends.push(c + a / (a - b), r);
  if (b >= 0 !== e >= 0) ends.push(c + 1, r + b / (b - e));
  if (d >= 0 !== e >= 0) ends.push(c + d / (d - e), r + 1);
  if (a >= 0 !== d >= 0) ends.push(c, r + a / (a - d));
  if (ends.length === 4) out.push(...ends);
  if (ends.length < 8) return;
  // A saddle: the middle decides which corners belong together.
  const [top, right, bottom, left] = [ends.slice(0, 2), ends.slice(2, 4), ends.slice(4, 6), ends.slice(6)];
  if (a + b + d + e >= 0 === a >= 0) out.push(...top, ...right, ...bottom, ...left);
  else out.push(...top, ...left, ...right, ...bottom);
}
