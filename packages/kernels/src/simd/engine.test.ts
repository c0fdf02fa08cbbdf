import { expect, test } from "vitest";
import { SIMD } from "../generated/wasm.ts";
import { fromHex, newMemory, ROOM, supports } from "./engine.ts";

test("the working room is as large as the kernels say", () => {
  const env = {
    memory: new WebAssembly.Memory({ initial: 3, maximum: 3 }),
    scratch: 0,
    abort: () => undefined,
  };
  const { scratchBytes } = new WebAssembly.Instance(new WebAssembly.Module(fromHex(SIMD)), { env }).exports;
  expect((scratchBytes as WebAssembly.Global).value).toBe(ROOM);
});

test("a memory holds the data and the room, and never grows", () => {
  expect(supports("simd")).toBe(true);
  for (const bytes of [0, 64, 65536 * 3 - ROOM, 65536 * 3]) {
    const { buffer } = newMemory(bytes, 1, false);
    expect(buffer.byteLength).toBe(Math.ceil((bytes + ROOM) / 65536) * 65536);
  }
});
