import { ShapeError, type View } from "@unroll/kernels";
import { copyOf, elementType, matrix } from "./matrix.ts";
import { kernelsOf, kernelsOfBoth } from "./products.ts";

/** Aᵀ, a new matrix. */
export function transpose(A: View): View {
  const made = matrix(A.columns, A.rows, undefined, elementType(A));
  for (let r = 0; r < A.rows; r++) {
    for (let c = 0; c < A.columns; c++) made.data[c * A.rows + r] = A.data[A.offset + r * A.stride + c];
  }
  return made;
}

/**
 * A + B, a new matrix.
 * @throws ShapeError if the shapes differ, ValueError if the element types do
 */
export function add(A: View, B: View): View {
  checkSame("add", A, B);
  const kernels = kernelsOfBoth("add", A, B);
  const sum = copyOf(A);
  kernels.add(sum, B);
  return sum;
}

/**
 * A - B, a new matrix.
 * @throws ShapeError if the shapes differ, ValueError if the element types do
 */
export function subtract(A: View, B: View): View {
  checkSame("subtract", A, B);
  const kernels = kernelsOfBoth("subtract", A, B);
  const difference = matrix(A.rows, A.columns, undefined, kernels.type);
  kernels.scale(difference, B, -1);
  kernels.add(difference, A);
  return difference;
}

/** a·A, a new matrix. */
export function scale(A: View, a: number): View {
  const scaled = matrix(A.rows, A.columns, undefined, elementType(A));
  kernelsOf(A).scale(scaled, A, a);
  return scaled;
}

function checkSame(where: string, A: View, B: View): void {
  if (B.rows !== A.rows || B.columns !== A.columns) {
    throw new ShapeError(where, "B", [B.rows, B.columns], [A.rows, A.columns]);
  }
}
