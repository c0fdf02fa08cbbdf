import { Arena, isTokens, load, Tokens, View } from "@unroll/kernels";
import { expect, test } from "vitest";

test("load copies rows between memories and types, from a row on", () => {
  const source = new View(Float64Array.from([0, 1, 0.1, 9, 2, 3, 9, 4, 5, 9]), 1, 3, 2, 3);
  const arena = new Arena("float32");
  const target = arena.matrix(2, 2);
  arena.commit();
  load(target, source, 1);
  expect([...target.data.subarray(target.offset, target.offset + 4)]).toEqual([2, 3, 4, 5]);
  load(target, source);
  expect(target.data[target.offset + 1]).toBe(Math.fround(0.1));
});

test("load copies tokens", () => {
  const source = new Tokens(Int32Array.from([7, 8, 9, 10]), 1, 3);
  const target = new Tokens(new Int32Array(4), 2, 2);
  load(target, source, 1);
  expect([...target.data]).toEqual([0, 0, 9, 10]);
  expect(isTokens(target)).toBe(true);
  expect(isTokens(new View(new Float32Array(1), 0, 1, 1))).toBe(false);
});
