import { compile, digitsOf, type SimdKind } from "./engine.ts";

/** The import of the memory: "env", "memory", kind 2, and flag 1: it has a maximum. */
const MEMORY_IMPORT = "03656e76066d656d6f72790201";

const modules: Partial<Record<SimdKind, WebAssembly.Module | null>> = {};

/** The module of a kind for a shared memory: the same bytes with flag 3 in place of 1. */
export function sharedModuleOf(kind: SimdKind): WebAssembly.Module | null {
  let module = modules[kind];
  if (module === undefined) {
    module = compile(digitsOf(kind).replace(MEMORY_IMPORT, `${MEMORY_IMPORT.slice(0, -1)}3`));
    modules[kind] = module;
  }
  return module;
}
