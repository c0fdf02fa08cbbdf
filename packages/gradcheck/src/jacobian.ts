/** A matrix of derivatives, row-major: ∂f_i/∂x_j is `data[i * columns + j]`. */
export interface Jacobian {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/** Collects the columns of a Jacobian; each is the derivative of all results by one argument. */
export function jacobian(columns: number, column: (j: number) => Float64Array): Jacobian {
  const parts = Array.from({ length: columns }, (_, j) => column(j));
  const rows = parts[0]?.length ?? 0;
  const data = new Float64Array(rows * columns);
  parts.forEach((part, j) => {
    for (let i = 0; i < rows; i++) data[i * columns + j] = part[i];
  });
  return { rows, columns, data };
}
