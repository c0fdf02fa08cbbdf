/**
 * Turns x = X[start], X[start + step], … (count elements) into v with v_0 = 1 such that (I - τ v vᵀ) x = (β, 0, …, 0):
 * v replaces x and β is returned, of the sign that avoids cancellation. τ is between 1 and 2, or 0 if x_1 … are 0.
 */
export function reflector(
  X: Float64Array,
  start: number,
  step: number,
  count: number,
): { beta: number; tau: number } {
  const first = X[start];
  let largest = 0;
  for (let i = 1, at = start + step; i < count; i++, at += step) largest = Math.max(largest, Math.abs(X[at]));
  if (largest === 0) return { beta: first, tau: 0 };
  largest = Math.max(largest, Math.abs(first));
  let square = 0;
  for (let i = 0, at = start; i < count; i++, at += step) square += (X[at] / largest) * (X[at] / largest);
  const norm = largest * Math.sqrt(square);
  const beta = first > 0 ? -norm : norm;
  const head = first - beta;
  X[start] = 1;
  for (let i = 1, at = start + step; i < count; i++, at += step) X[at] /= head;
  return { beta, tau: (beta - first) / beta };
}

/** A block of a row-major matrix: rows×columns elements from `start` on. */
interface Block {
  readonly start: number;
  readonly rows: number;
  readonly columns: number;
  readonly stride: number;
}

/** M ← (I - τ v vᵀ) M; v has as many elements as the block rows. */
export function reflectRows(
  M: Float64Array,
  { start, rows, columns, stride }: Block,
  tau: number,
  vStart: number,
  vStep: number,
  work: Float64Array,
): void {
  if (tau === 0) return;
  work.fill(0, 0, columns);
  for (let r = 0, v = vStart; r < rows; r++, v += vStep) {
    const row = start + r * stride;
    const factor = tau * M[v];
    for (let c = 0; c < columns; c++) work[c] += factor * M[row + c];
  }
  for (let r = 0, v = vStart; r < rows; r++, v += vStep) {
    const row = start + r * stride;
    const factor = M[v];
    for (let c = 0; c < columns; c++) M[row + c] -= factor * work[c];
  }
}

/** M ← M (I - τ v vᵀ); v has as many elements as the block columns. */
export function reflectColumns(
  M: Float64Array,
  { start, rows, columns, stride }: Block,
  tau: number,
  vStart: number,
  vStep: number,
  work: Float64Array,
): void {
  if (tau === 0) return;
  for (let c = 0; c < columns; c++) work[c] = M[vStart + c * vStep];
  for (let r = 0; r < rows; r++) {
    const row = start + r * stride;
    let dot = 0;
    for (let c = 0; c < columns; c++) dot += M[row + c] * work[c];
    dot *= tau;
    for (let c = 0; c < columns; c++) M[row + c] -= dot * work[c];
  }
}
