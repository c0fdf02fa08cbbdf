import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareUtf8, firstInvalidUtf8, isWellFormed } from "./utf8.ts";

describe("firstInvalidUtf8", () => {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const isValid = (bytes: Uint8Array) => {
    try {
      decoder.decode(bytes);
      return true;
    } catch {
      return false;
    }
  };

  test("agrees with the host's decoder on every sequence of bytes from the edges of the rules", () => {
    const edges = [0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1];
    edges.push(0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff);
    const bytes = new Uint8Array(4);
    for (const a of edges)
      for (const b of edges)
        for (const c of edges)
          for (const d of [0x41, 0x80, 0xbf, 0xc0]) {
            bytes.set([a, b, c, d]);
            if (firstInvalidUtf8(bytes, 0, 4) < 0 !== isValid(bytes)) throw new Error(`${bytes}`);
          }
  });

  test("what stands before the place it names is valid, and is the most that is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.uint8Array({ maxLength: 6 }), (text, tail) => {
        const head = new TextEncoder().encode(text);
        const bytes = Uint8Array.of(...head, ...tail);
        const place = firstInvalidUtf8(bytes, 0, bytes.length);
        expect(place < 0).toBe(isValid(bytes));
        if (place >= 0) {
          expect(place).toBeGreaterThanOrEqual(head.length);
          expect(isValid(bytes.subarray(0, place))).toBe(true);
          for (let end = place + 1; end <= bytes.length; end++)
            expect(isValid(bytes.subarray(0, end))).toBe(false);
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test("looks only from start to end", () => {
    const bytes = Uint8Array.of(0x80, 0x41, 0xe2, 0x82, 0xac, 0x80);
    expect(firstInvalidUtf8(bytes, 1, 5)).toBe(-1);
    expect(firstInvalidUtf8(bytes, 1, 4)).toBe(2);
    expect(firstInvalidUtf8(bytes, 2, 6)).toBe(5);
  });
});

test("compareUtf8 orders strings as their bytes", () => {
  const text = fc.string({ unit: "binary", maxLength: 4 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      const bytes = Buffer.compare(Buffer.from(a), Buffer.from(b));
      expect(Math.sign(compareUtf8(a, b))).toBe(bytes);
    }),
    { seed: 2, numRuns: 1000 },
  );
  expect(compareUtf8("\uff01", "\u{1f600}")).toBeLessThan(0);
  expect("\uff01" < "\u{1f600}").toBe(false); // the order of JavaScript differs
});

test("isWellFormed finds surrogates without partner", () => {
  for (const text of ["", "a", "\u{1f600}", "\ud7ff\ue000"]) expect(isWellFormed(text)).toBe(true);
  for (const text of ["\ud83d", "\ude00", "\ude00\ud83d", "a\ud83db"]) expect(isWellFormed(text)).toBe(false);
});
