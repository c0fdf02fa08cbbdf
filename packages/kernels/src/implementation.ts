import { OptionError } from "./errors.ts";
import type { Kernels } from "./kernels.ts";
import { arraysOn, type Memory } from "./memory.ts";
import { portableFloat32 } from "./portable/float32.ts";
import { portableFloat64 } from "./portable/float64.ts";
import { supports } from "./simd/engine.ts";
import { makeSimd, simdPackedSize } from "./simd/kernels.ts";
import type { ElementType } from "./view.ts";

/** "portable" and "simd" give the same bits everywhere; "relaxed-simd" may round otherwise from machine to machine. */
export type KernelKind = "portable" | "simd" | "relaxed-simd";

/**
 * Which kernels to use: a kind, or the best there is for a profile. "reproducible" takes simd before portable; "fast"
 * takes relaxed-simd before these. What runs is `arena.kernels.kind`.
 */
export type KernelChoice = KernelKind | "reproducible" | "fast";

/** The kinds that can run here, the fastest first. */
export function availableKernels(): KernelKind[] {
  return (["relaxed-simd", "simd", "portable"] as const).filter(
    (kind) => kind === "portable" || supports(kind),
  );
}

/** @throws OptionError for an unknown choice, or a kind that cannot run here */
export function chooseKernels(choice: KernelChoice): KernelKind {
  if (choice === "reproducible") return supports("simd") ? "simd" : "portable";
  if (choice === "fast") return availableKernels()[0];
  const available: readonly string[] = availableKernels();
  if (!available.includes(choice)) {
    throw new OptionError(
      "Arena",
      "kernels",
      choice,
      `"reproducible", "fast" or what runs here: ${available.join(", ")}`,
    );
  }
  return choice;
}

/** Elements of a packed K×N operand. */
export function packedSize(kind: KernelKind, type: ElementType, inner: number, columns: number): number {
  return kind === "portable"
    ? portable(type).packedSize(inner, columns)
    : simdPackedSize(type, inner, columns);
}

/** Makes a memory and the kernels on it. @throws RangeError if the engine cannot give the memory */
export function makeMemory(kind: KernelKind, type: ElementType, bytes: number): Memory {
  if (kind !== "portable") return makeSimd(kind, type, bytes);
  return { kernels: portable(type), ...arraysOn(type, new ArrayBuffer(bytes), bytes) };
}

export function portable(type: ElementType): Kernels {
  return type === "float32" ? portableFloat32 : portableFloat64;
}
