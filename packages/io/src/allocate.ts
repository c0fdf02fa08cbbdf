import { MemoryError } from "@unroll/kernels";

/** Memory for a file. @throws MemoryError */
export function allocate(where: string, bytes: number): Uint8Array {
  try {
    return new Uint8Array(bytes);
  } catch (error) {
    throw new MemoryError(where, bytes, error instanceof Error ? error.message : String(error));
  }
}
