import type { KernelKind } from "@unroll/kernels";
import fusedBytes from "./generated/fused-peak.wasm";
import peakBytes from "./generated/peak.wasm";

const ROUNDS = 20_000;

/** Floating-point operations of one call of `peak`. */
export const PEAK_OPERATIONS: number = ROUNDS * 96;

/**
 * float32 multiplications and additions without loads, as fast as the core takes them: fused with relaxed SIMD, else not.
 * The portable kernels are held against plain SIMD too.
 */
export function peak(kind: KernelKind): () => void {
  const bytes = kind === "relaxed-simd" ? fusedBytes : peakBytes;
  const module = new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>);
  const { peak } = new WebAssembly.Instance(module).exports as { peak(n: number): number };
  return () => void peak(ROUNDS);
}
