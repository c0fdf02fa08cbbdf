import type { Kernels } from "./kernels.ts";
import type { ElementType, FloatArray } from "./view.ts";

/** One block of memory as numbers and as integers, and the arithmetic on it. */
export interface Memory {
  readonly kernels: Kernels;
  readonly floats: FloatArray;
  readonly integers: Int32Array;
}

/** A whole buffer as numbers of a type. */
export function floatsOn(type: ElementType, buffer: ArrayBuffer): FloatArray {
  return type === "float32" ? new Float32Array(buffer) : new Float64Array(buffer);
}
