export { type AdjointVectors, adjointError } from "./adjoint.ts";
export { type AssertOptions, assertGradients, GradientError } from "./assert-gradients.ts";
export {
  centralDifference,
  centralDifferenceJacobian,
  type DifferenceOptions,
} from "./central-difference.ts";
export {
  type CompareOptions,
  compareGradients,
  type EntryDifference,
  type GradientComparison,
  type TensorSlice,
} from "./compare-gradients.ts";
export {
  add,
  type Complex,
  type ComplexLike,
  complex,
  divide,
  multiply,
  negate,
  subtract,
} from "./complex.ts";
export { complexStep, complexStepJacobian, directionalDerivative } from "./complex-step.ts";
export {
  abs,
  compare,
  exp,
  expm1,
  log,
  log1p,
  maximum,
  minimum,
  relu,
  sigmoid,
  sqrt,
  tanh,
} from "./functions.ts";
export type { Jacobian } from "./jacobian.ts";
