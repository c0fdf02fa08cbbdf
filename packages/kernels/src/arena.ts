import { MemoryError, StateError } from "./errors.ts";
import {
  chooseKernels,
  type KernelChoice,
  type KernelKind,
  makeMemory,
  packedSize,
} from "./implementation.ts";
import type { Kernels } from "./kernels.ts";
import type { MakeMemory, Memory } from "./memory.ts";
import { type ElementType, type FloatArray, Tokens, View } from "./view.ts";

const ALIGNMENT = 64; // bytes: a cache line, and more than any vector register wants

/**
 * Working memory that is planned first and then made in one piece.
 *
 * Reserve matrices and tokens, then `commit()`: only then do the views have data (zeros). The memory never grows, so
 * views never detach, and the garbage collector frees it whole when nothing refers to it.
 */
export class Arena {
  readonly type: ElementType;
  /** Which kernels run. */
  readonly kind: KernelKind;
  /** Bytes reserved so far; after `commit`, the size of the memory. */
  bytes = 0;
  #kernels: Kernels | undefined;
  #views: View[] = [];
  #tokens: Tokens[] = [];

  /** @throws OptionError for kernels that cannot run here */
  constructor(type: ElementType, kernels: KernelChoice = "reproducible") {
    this.type = type;
    this.kind = chooseKernels(kernels);
  }

  /** Bytes of one element. */
  get elementSize(): 4 | 8 {
    return this.type === "float32" ? 4 : 8;
  }

  /** Reserves a matrix. Its `data` is empty until `commit`. */
  matrix(rows: number, columns: number): View {
    const offset = this.#reserve(rows * columns * this.elementSize) / this.elementSize;
    const view = new View(emptyFloats(this.type), offset, rows, columns);
    this.#views.push(view);
    return view;
  }

  /** Reserves a packed `inner`×`columns` operand for `addProduct`. */
  packed(inner: number, columns: number): View {
    return this.matrix(1, packedSize(this.kind, this.type, inner, columns));
  }

  /** Reserves a column of integers. Its `data` is empty until `commit`. */
  tokens(rows: number): Tokens {
    const tokens = new Tokens(NO_INTEGERS, this.#reserve(rows * 4) / 4, rows);
    this.#tokens.push(tokens);
    return tokens;
  }

  /**
   * A second view of a reserved matrix: `rows`×`columns` elements from element `start` on.
   * Use it before `commit` to name parts of a flat vector.
   */
  part(of: View, start: number, rows: number, columns: number, stride: number = columns): View {
    const view = new View(of.data, of.offset + start, rows, columns, stride);
    if (!this.#kernels) this.#views.push(view);
    return view;
  }

  /**
   * Makes the memory and gives every reserved view its data.
   * @param make makes it, if it is not to be the arena's own: see `share` and `attach`
   * @throws MemoryError if the memory cannot be had, StateError if called twice
   */
  commit(make: MakeMemory = makeMemory): this {
    if (this.#kernels) throw new StateError("Arena.commit", "the arena is already committed");
    const { kernels, floats, integers } = memoryFor(make, this.kind, this.type, this.bytes);
    for (const view of this.#views) view.data = floats;
    for (const tokens of this.#tokens) tokens.data = integers;
    this.#views = [];
    this.#tokens = [];
    this.#kernels = kernels;
    return this;
  }

  /** The arithmetic on this memory. @throws StateError before `commit` */
  get kernels(): Kernels {
    if (!this.#kernels) throw new StateError("Arena.kernels", "the arena is not committed yet");
    return this.#kernels;
  }

  #reserve(bytes: number): number {
    if (this.#kernels)
      throw new StateError("Arena", "the arena is committed; a larger plan needs a new arena");
    const start = this.bytes;
    this.bytes += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    return start;
  }
}

const NO_INTEGERS: Int32Array = /* @__PURE__ */ new Int32Array(0);

function emptyFloats(type: ElementType): FloatArray {
  return type === "float32" ? new Float32Array(0) : new Float64Array(0);
}

function memoryFor(make: MakeMemory, kind: KernelKind, type: ElementType, bytes: number): Memory {
  try {
    return make(kind, type, bytes);
  } catch (error) {
    throw new MemoryError("Arena.commit", bytes, error instanceof Error ? error.message : String(error));
  }
}
