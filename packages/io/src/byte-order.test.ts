import { expect, test } from "vitest";
import { isLittleEndian, swapBytes } from "./byte-order.ts";

test("swapBytes turns each item round, and twice gives what was", () => {
  const bytes = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  swapBytes(bytes, 4);
  expect([...bytes]).toEqual([4, 3, 2, 1, 8, 7, 6, 5]);
  swapBytes(bytes, 4);
  swapBytes(bytes, 1);
  expect([...bytes]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test("isLittleEndian agrees with DataView", () => {
  const bytes = new Uint8Array(Uint32Array.of(0x01020304).buffer);
  expect(new DataView(bytes.buffer).getUint32(0, isLittleEndian())).toBe(0x01020304);
});
