import { ShapeError, type View } from "@unroll/kernels";

/** @throws ShapeError unless the view is one row of `size` columns; "N" stands for any number */
export function checkVector(where: string, name: string, vector: View, size: number | "N"): void {
  if (vector.rows !== 1 || (size !== "N" && vector.columns !== size))
    throw new ShapeError(where, name, [vector.rows, vector.columns], [1, size]);
}
