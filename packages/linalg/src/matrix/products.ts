import {
  type Kernels,
  portableFloat32,
  portableFloat64,
  ShapeError,
  ValueError,
  type View,
} from "@unroll/kernels";
import { elementType, matrix } from "./matrix.ts";

/**
 * A·B, every element summed over the inner index ascending, each step rounded to the element type.
 *
 * Shapes: A is M×K, B is K×N, the result M×N.
 * @throws ShapeError if the inner dimensions differ, ValueError if the element types do
 */
export function multiply(A: View, B: View): View {
  if (B.rows !== A.columns) throw new ShapeError("multiply", "B", [B.rows, B.columns], [A.columns, "…"]);
  const kernels = kernelsOfBoth("multiply", A, B);
  const packed = matrix(1, kernels.packedSize(B.rows, B.columns), undefined, kernels.type);
  kernels.pack(packed, B);
  const C = matrix(A.rows, B.columns, undefined, kernels.type);
  kernels.addProduct(C, A, packed);
  return C;
}

/**
 * A·Bᵀ, every element summed over the inner index ascending.
 *
 * Shapes: A is M×K, B is N×K, the result M×N.
 * @throws ShapeError if the inner dimensions differ, ValueError if the element types do
 */
export function multiplyTransposed(A: View, B: View): View {
  if (B.columns !== A.columns) {
    throw new ShapeError("multiplyTransposed", "B", [B.rows, B.columns], ["…", A.columns]);
  }
  const kernels = kernelsOfBoth("multiplyTransposed", A, B);
  const packed = matrix(1, kernels.packedSize(B.columns, B.rows), undefined, kernels.type);
  kernels.packTransposed(packed, B);
  const C = matrix(A.rows, B.rows, undefined, kernels.type);
  kernels.addProduct(C, A, packed);
  return C;
}

/**
 * Aᵀ·B, every element summed over the rows from the last to the first, as weight gradients are.
 *
 * Shapes: A is R×M, B is R×N, the result M×N.
 * @throws ShapeError if the numbers of rows differ, ValueError if the element types do
 */
export function transposedMultiply(A: View, B: View): View {
  if (B.rows !== A.rows) throw new ShapeError("transposedMultiply", "B", [B.rows, B.columns], [A.rows, "…"]);
  const kernels = kernelsOfBoth("transposedMultiply", A, B);
  const C = matrix(A.columns, B.columns, undefined, kernels.type);
  kernels.addTransposedProduct(C, A, B);
  return C;
}

/** The arithmetic of a matrix's element type. */
export function kernelsOf(A: View): Kernels {
  return elementType(A) === "float32" ? portableFloat32 : portableFloat64;
}

/** @throws ValueError if the element types differ */
export function kernelsOfBoth(where: string, A: View, B: View): Kernels {
  const type = elementType(A);
  if (elementType(B) !== type)
    throw new ValueError(where, "the element type of B", elementType(B), `"${type}" as A`);
  return kernelsOf(A);
}
