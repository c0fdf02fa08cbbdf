export { constant, identity, zeros } from "./initializers/constant.ts";
export { gaussian, glorotNormal, glorotUniform, heNormal, uniform } from "./initializers/independent.ts";
export type { Initializer } from "./initializers/initializer.ts";
export { orthogonal } from "./initializers/orthogonal.ts";
export { type ScaledToRadiusOptions, scaledToRadius } from "./initializers/scaled-to-radius.ts";
export { type SparseOptions, sparse } from "./initializers/sparse.ts";
export { joinLayouts, type Layout, layout, locate, type Slice, slice } from "./layout.ts";
export { type LeastSquaresOptions, leastSquares } from "./least-squares.ts";
export { add, scale, subtract, transpose } from "./matrix/arithmetic.ts";
export {
  column,
  copyOf,
  elementType,
  fromRows,
  identityMatrix,
  matrix,
  row,
  toRows,
} from "./matrix/matrix.ts";
export { multiply, multiplyTransposed, transposedMultiply } from "./matrix/products.ts";
export { frobeniusNorm, infinityNorm, maxNorm, oneNorm, spectralNorm } from "./norms.ts";
export { type RandomSnapshot, RandomState } from "./random/random-state.ts";
export { eigenvalues, spectralRadius } from "./spectra/eigenvalues.ts";
export type { Eigenvalue } from "./spectra/francis.ts";
export { singularValues } from "./spectra/singular-values.ts";
export { type SingularValueDecomposition, svd } from "./spectra/svd.ts";
