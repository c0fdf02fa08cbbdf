import { expect, test } from "vitest";

test("the public names", async () => {
  expect(Object.keys(await import("@unroll/bptt")).sort()).toEqual([
    "ALONE",
    "Unrolled",
    "advances",
    "doesAll",
    "reserveForEach",
    "schedule",
    "shareEnd",
    "shareStart",
    "unroll",
    "windows",
  ]);
});
