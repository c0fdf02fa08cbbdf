import { Arena, availableKernels, type ElementType, type KernelKind } from "@unroll/kernels";
import { checkBatchRows } from "./batch-rows.ts";
import { laws } from "./laws.ts";
import { checkRounding } from "./rounding.ts";

/** What the tests ask of the kernels in a browser. */

export function kinds(): KernelKind[] {
  return availableKernels();
}

/** The laws that kernels do not keep. */
export function brokenLaws(kind: KernelKind, type: ElementType): string[] {
  return laws
    .filter(({ run }) => throws(() => run({ kind, type, arena: () => new Arena(type, kind) })))
    .map(({ name }) => name);
}

/** The largest rounding error of a product, as a share of its bound. */
export function rounding(kind: KernelKind, type: ElementType): number {
  return checkRounding(kind, type);
}

export function batchRows(kind: KernelKind, type: ElementType): void {
  checkBatchRows(kind, type);
}

function throws(run: () => void): boolean {
  try {
    run();
    return false;
  } catch {
    return true;
  }
}
