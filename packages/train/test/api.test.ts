import { expect, test } from "vitest";

test("the public door has these names", async () => {
  expect(Object.keys(await import("@unroll/train")).sort()).toEqual([
    "Confusion",
    "TrainingStep",
    "UnknownSymbolError",
    "Vocabulary",
    "characters",
    "dropTokens",
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
