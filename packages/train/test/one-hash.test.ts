import { availableKernels } from "@unroll/kernels";
import { describe, expect, test } from "vitest";
import expected from "./fixtures/one-hash.json" with { type: "json" };
import { runs } from "./support/one-hash/runs.ts";

// The same bits on every engine and machine: what stands in the fixture holds Node 20, 22 and 24, and Chromium in
// one-hash.browser.test.ts. A change of the order of summation, of an elementary function, of a starting value or of
// the order of the data changes a hash; then it is a change that users see, and the fixture changes with it.
describe.each(Object.entries(runs))("1,000 steps with %s", (name, run) => {
  test.each(["portable", "simd"] as const)("leave these weights on %s kernels", async (kernels) => {
    expect(availableKernels()).toContain("simd");
    expect(await run(kernels)).toEqual({ kernels, ...expected[name as keyof typeof expected] });
  });
});
