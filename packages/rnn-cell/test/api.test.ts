import { expect, test } from "vitest";

test("the public names", async () => {
  expect(Object.keys(await import("@unroll/rnn-cell")).sort()).toEqual([
    "PackedWeight",
    "elman",
    "elmanCell",
    "linearReadout",
  ]);
});

test("the public names of the laws", async () => {
  expect(Object.keys(await import("@unroll/rnn-cell/laws")).sort()).toEqual([
    "LawError",
    "alteredCell",
    "laws",
  ]);
});
