import { expect, test } from "vitest";

test("the public door has these names", async () => {
  expect(Object.keys(await import("@unroll/train")).sort()).toEqual([
    "TrainingStep",
    "UnknownSymbolError",
    "Vocabulary",
    "characters",
    "evaluate",
    "fit",
    "harmonics",
    "padded",
    "readCheckpoint",
    "scaleColumns",
    "standardScaling",
    "tokenStreams",
    "unscaleColumns",
    "vocabularyOf",
    "windows",
    "writeCheckpoint",
  ]);
});
