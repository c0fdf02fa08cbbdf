import { expect, test } from "vitest";

test("the public door has these names", async () => {
  expect(Object.keys(await import("@unroll/train")).sort()).toEqual([
    "Best",
    "TrainingStep",
    "UnknownSymbolError",
    "Vocabulary",
    "browserStore",
    "characters",
    "evaluate",
    "fileStore",
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
