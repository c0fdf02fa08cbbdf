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
    module = compile(kind === "simd" ? SIMD : RELAXED);
    modules[kind] = module;
  }
  return module;
}

function compile(digits: string): WebAssembly.Module | null {
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

/** A memory with the functions that work on it. */
export interface Engine {
  readonly buffer: ArrayBuffer;
  readonly passes: PassExports;
  readonly products: ProductExports;
}

/**
 * Makes a memory of `bytes` for data, with the kernels' working room behind them, and the instances on it.
 * @throws RangeError if the engine cannot give the memory
 */
export function startEngine(kind: SimdKind, type: ElementType, bytes: number): Engine {
  const simd = moduleOf("simd") as WebAssembly.Module;
  const pages = Math.ceil((bytes + ROOM) / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const env = { memory, scratch: bytes, abort: () => undefined };
  const all = new WebAssembly.Instance(simd, { env }).exports;
  const relaxed = kind === "relaxed-simd" ? moduleOf(kind) : null;
  const products = relaxed ? new WebAssembly.Instance(relaxed, { env }).exports : all;
  return {
    buffer: memory.buffer,
    passes: ofType<PassExports>(all, type),
    products: ofType<ProductExports>(products, type),
  };
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
