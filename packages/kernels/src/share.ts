import type { Arena } from "./arena.ts";
import { OptionError } from "./errors.ts";
import { portable } from "./implementation.ts";
import { arraysOn, type Memory, type SharedMemory } from "./memory.ts";
import { newMemory, ROOM, startEngine } from "./simd/engine.ts";
import { simdOn } from "./simd/kernels.ts";
import { sharedModuleOf } from "./simd/shared-module.ts";

/**
 * `arena.commit()` with a memory that so many threads can share, this one among them as number 0. In each of the others,
 * an arena that was reserved in the same way settles on it by `attach`.
 * @throws MemoryError if the memory cannot be had, also where none can be shared; StateError if it is committed already
 */
export function share(arena: Arena, threads: number): SharedMemory {
  let shared: SharedMemory | undefined;
  arena.commit((kind, type, bytes) => {
    const memory = kind === "portable" ? new SharedArrayBuffer(bytes) : newMemory(bytes, threads, true);
    shared = { kind, type, bytes, threads, memory };
    return memoryOn(shared, 0);
  });
  return shared as unknown as SharedMemory;
}

/**
 * `arena.commit()` on a memory that another thread made by `share`, as the thread of that number, from 1.
 * @throws OptionError if the arena is not reserved as the other one was, StateError if it is committed already
 */
export function attach(arena: Arena, shared: SharedMemory, thread: number): void {
  const have = `${arena.bytes} bytes of ${arena.type} for ${arena.kind} kernels`;
  const expected = `${shared.bytes} bytes of ${shared.type} for ${shared.kind} kernels`;
  if (have !== expected) throw new OptionError("attach", "reserved", have, expected);
  const most = shared.threads - 1;
  if (!(Number.isInteger(thread) && thread > 0 && thread <= most))
    throw new OptionError("attach", "thread", thread, `a whole number from 1 to ${most}`);
  arena.commit(() => memoryOn(shared, thread));
}

/** The kernels of one thread on a shared memory. */
function memoryOn({ kind, type, bytes, memory }: SharedMemory, thread: number): Memory {
  if (kind === "portable")
    return { kernels: portable(type), ...arraysOn(type, memory as SharedArrayBuffer, bytes) };
  const own = memory as WebAssembly.Memory;
  const engine = startEngine(kind, type, own, bytes + thread * ROOM, sharedModuleOf);
  return simdOn(engine, kind, type, own, bytes);
}
