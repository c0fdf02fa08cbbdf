import { expect, test } from "vitest";

test("the public door has these names", async () => {
  expect(Object.keys(await import("@unroll/model")).sort()).toEqual([
    "SequenceModel",
    "States",
    "TeamMember",
    "checkBatch",
    "generate",
    "modelLayout",
    "sampleTokens",
    "sequenceModel",
  ]);
});
