import type { KernelKind } from "./implementation.ts";
import type { Kernels } from "./kernels.ts";
import type { ElementType, FloatArray } from "./view.ts";

/** One block of memory as numbers and as integers, and the arithmetic on it. */
export interface Memory {
  readonly kernels: Kernels;
  readonly floats: FloatArray;
  readonly integers: Int32Array;
}

/** Makes a memory of so many bytes. @throws RangeError if the engine cannot give it */
export type MakeMemory = (kind: KernelKind, type: ElementType, bytes: number) => Memory;

/** Memory that several threads work on, each with kernels of its own. Can be posted to them; see `share`. */
export interface SharedMemory {
  readonly kind: KernelKind;
  readonly type: ElementType;
  /** Of the data. Behind them lies the working room of each thread's kernels. */
  readonly bytes: number;
  readonly threads: number;
  readonly memory: WebAssembly.Memory | SharedArrayBuffer;
}

/** The first `bytes` of a buffer as numbers of a type, and as integers. */
export function arraysOn(
  type: ElementType,
  buffer: ArrayBuffer | SharedArrayBuffer,
  bytes: number,
): { floats: FloatArray; integers: Int32Array } {
  return {
    floats:
      type === "float32" ? new Float32Array(buffer, 0, bytes / 4) : new Float64Array(buffer, 0, bytes / 8),
    integers: new Int32Array(buffer, 0, bytes / 4),
  };
}
