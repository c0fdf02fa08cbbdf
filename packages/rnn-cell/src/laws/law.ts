import type { ElementType, KernelChoice } from "@unroll/kernels";
import type { Cell } from "../cell.ts";

/** One thing that every cell must keep. Laws know no test framework: run them in a test, or show them in a page. */
export interface Law {
  readonly name: string;
  /** What the law says, in a sentence. */
  readonly says: string;
  /** @throws LawError if the cell breaks the law */
  run(cell: Cell, options?: LawOptions): void;
}

export interface LawOptions {
  /** Element type of the arena; "float64" unless given. Derivatives are always checked in float64. */
  readonly type?: ElementType | undefined;
  /** Kernels of the arena; "reproducible" unless given. */
  readonly kernels?: KernelChoice | undefined;
  /** T and B of the trial run; 4 and 3 unless given. */
  readonly steps?: number | undefined;
  readonly batch?: number | undefined;
  /** Of the random numbers; 1 unless given. */
  readonly seed?: number | undefined;
  /** Whether the cell takes tokens; true unless given. */
  readonly tokens?: boolean | undefined;
}

/** A cell breaks a law. The message says how, with values; `details` say the same to programs. */
export class LawError extends Error {
  readonly law: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(law: string, problem: string, details: Readonly<Record<string, unknown>> = {}) {
    super(`${law}: ${problem}`);
    this.name = "LawError";
    this.law = law;
    this.details = details;
  }
}
