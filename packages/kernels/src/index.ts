export { Arena } from "./arena.ts";
export type { Elementary } from "./elementary/elementary.ts";
export { elementary32 } from "./elementary/float32.ts";
export { elementary64 } from "./elementary/float64.ts";
export {
  type ErrorCode,
  FormatError,
  MemoryError,
  NonFiniteError,
  OptionError,
  ShapeError,
  StateError,
  UnrollError,
  ValueError,
} from "./errors.ts";
export { flushLimit } from "./flush.ts";
export { availableKernels, type KernelChoice, type KernelKind } from "./implementation.ts";
export type {
  Elementwise,
  Kernels,
  Products,
  Reductions,
  RowKernels,
  TokenKernels,
  Updates,
} from "./kernels.ts";
export { load } from "./load.ts";
export type { MakeMemory, SharedMemory } from "./memory.ts";
export { portableFloat32 } from "./portable/float32.ts";
export { portableFloat64 } from "./portable/float64.ts";
export { attach, share } from "./share.ts";
export { type ElementType, type FloatArray, isTokens, type Rows, Tokens, View } from "./view.ts";
