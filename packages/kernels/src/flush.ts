import type { ElementType } from "./view.ts";

/** 2⁻¹⁰⁰: times a weight of 2⁻²⁶ it is still a normal float32. */
export const FLUSH_FLOAT32 = 7.888609052210118e-31;

/** 2⁻⁹⁶⁰: times a weight of 2⁻⁶² it is still a normal float64. */
export const FLUSH_FLOAT64 = 1.0261342003245941e-289;

/** Element-wise backward passes turn results below this magnitude into +0. */
export function flushLimit(type: ElementType): number {
  return type === "float32" ? FLUSH_FLOAT32 : FLUSH_FLOAT64;
}
