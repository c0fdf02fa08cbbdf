import { expect, test } from "vitest";

test("the public names", async () => {
  expect(Object.keys(await import("@unroll/bptt")).sort()).toEqual([
    "Unrolled",
    "advances",
    "schedule",
    "unroll",
    "windows",
  ]);
});
