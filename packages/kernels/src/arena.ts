import { MemoryError, OptionError, StateError } from "./errors.ts";
import {
  chooseKernels,
  type KernelChoice,
  type KernelKind,
  makeMemory,
  makeMemoryOn,
  packedSize,
  shareMemory,
} from "./implementation.ts";
import type { Kernels } from "./kernels.ts";
import type { Memory, SharedMemory } from "./memory.ts";
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
  /** Bytes reserved so far; after `commit`, the size of the memory. */
  bytes = 0;
  #kernels: Kernels | undefined;
  #views: View[] = [];
  #tokens: Tokens[] = [];

  readonly #kind: KernelKind;

  /** @throws OptionError for kernels that cannot run here */
  constructor(type: ElementType, kernels: KernelChoice = "reproducible") {
    this.type = type;
    this.#kind = chooseKernels(kernels);
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
    return this.matrix(1, packedSize(this.#kind, this.type, inner, columns));
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
   * @throws MemoryError if the memory cannot be had, StateError if called twice
   */
  commit(): this {
    const bytes = this.bytes;
    return this.#settle("Arena.commit", bytes, () => makeMemory(this.#kind, this.type, bytes));
  }

  /**
   * `commit` with a memory that so many threads can share, this one among them as number 0. In each of the others, an
   * arena that was reserved in the same way settles on it by `attach`.
   * @throws as `commit` does; MemoryError too where no memory can be shared
   */
  share(threads: number): SharedMemory {
    const bytes = this.bytes;
    let shared: SharedMemory | undefined;
    this.#settle("Arena.share", bytes, () => {
      shared = shareMemory(this.#kind, this.type, bytes, threads);
      return makeMemoryOn(shared, 0);
    });
    return shared as unknown as SharedMemory;
  }

  /**
   * `commit` on a memory that another thread made by `share`, as the thread of that number, from 1.
   * @throws OptionError if the arena is not reserved as the other one was, StateError if called twice
   */
  attach(shared: SharedMemory, thread: number): this {
    const { kind, type, bytes, threads } = shared;
    const have = `${this.bytes} bytes of ${this.type} for ${this.#kind} kernels`;
    const expected = `${bytes} bytes of ${type} for ${kind} kernels`;
    if (have !== expected) throw new OptionError("Arena.attach", "reserved", have, expected);
    if (!(Number.isInteger(thread) && thread > 0 && thread < threads))
      throw new OptionError("Arena.attach", "thread", thread, `a whole number from 1 to ${threads - 1}`);
    return this.#settle("Arena.attach", bytes, () => makeMemoryOn(shared, thread));
  }

  #settle(where: string, bytes: number, make: () => Memory): this {
    if (this.#kernels) throw new StateError(where, "the arena is already committed");
    const { kernels, floats, integers } = memoryFor(where, bytes, make);
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

function memoryFor(where: string, bytes: number, make: () => Memory): Memory {
  try {
    return make();
  } catch (error) {
    throw new MemoryError(where, bytes, error instanceof Error ? error.message : String(error));
  }
}
