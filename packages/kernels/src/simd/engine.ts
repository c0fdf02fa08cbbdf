import { RELAXED, SIMD } from "../generated/wasm.ts";
import type { ElementType } from "../view.ts";
import type { PassExports, ProductExports } from "./exports.ts";

const PAGE = 65536;

export type SimdKind = "simd" | "relaxed-simd";

const modules: Partial<Record<SimdKind, WebAssembly.Module | null>> = {};

/** The compiled module of a kind, or null where the engine has no such instructions or the page forbids WebAssembly. */
function moduleOf(kind: SimdKind): WebAssembly.Module | null {
  let module = modules[kind];
  if (module === undefined) {
    module = compile(digitsOf(kind));
    modules[kind] = module;
  }
  return module;
}

/** The bytes of a kind, as hexadecimal digits. */
export function digitsOf(kind: SimdKind): string {
  return kind === "simd" ? SIMD : RELAXED;
}

export function compile(digits: string): WebAssembly.Module | null {
  try {
    return new WebAssembly.Module(fromHex(digits));
  } catch {
    return null;
  }
}

/** Bytes of pairs of hexadecimal digits: longer than base64, but a third less when a bundle is compressed. */
export function fromHex(digits: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: digits.length / 2 }, (_, i) =>
    Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16),
  );
}

/** True if kernels of that kind can run here. */
export function supports(kind: SimdKind): boolean {
  return moduleOf("simd") !== null && moduleOf(kind) !== null;
}

/** The functions that work on a memory. */
export interface Engine {
  readonly passes: PassExports;
  readonly products: ProductExports;
}

/**
 * Makes a memory of `bytes` for data, with working room for the kernels of so many threads behind them.
 * @throws RangeError if the engine cannot give the memory
 */
export function newMemory(bytes: number, threads: number, shared: boolean): WebAssembly.Memory {
  const pages = Math.ceil((bytes + threads * ROOM) / PAGE);
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
}

/** Makes the instances on a memory, with their working room at byte `scratch`, of these modules. */
export function startEngine(
  kind: SimdKind,
  type: ElementType,
  memory: WebAssembly.Memory,
  scratch: number,
  of: (kind: SimdKind) => WebAssembly.Module | null = moduleOf,
): Engine {
  const simd = of("simd") as WebAssembly.Module;
  const env = { memory, scratch, abort: () => undefined };
  const all = new WebAssembly.Instance(simd, { env }).exports;
  const relaxed = kind === "relaxed-simd" ? of(kind) : null;
  const products = relaxed ? new WebAssembly.Instance(relaxed, { env }).exports : all;
  return { passes: ofType<PassExports>(all, type), products: ofType<ProductExports>(products, type) };
}

/** Bytes of working room; assembly/scratch.ts has the same number, and a test compares them. */
export const ROOM = 181504;

/** The functions whose names end in 32 or 64, without that ending. */
function ofType<E>(all: WebAssembly.Exports, type: ElementType): E {
  const ending = type === "float32" ? "32" : "64";
  const chosen: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(all)) {
    if (name.endsWith(ending)) chosen[name.slice(0, -2)] = value;
  }
  return chosen as E;
}
