import { expect, test } from "vitest";

test("the public door has these names", async () => {
  expect(Object.keys(await import("@unroll/train")).sort()).toEqual([
    "Best",
    "Confusion",
    "TrainingStep",
    "UnknownSymbolError",
    "Vocabulary",
    "browserStore",
    "characters",
    "dropTokens",
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

test("the door of workers has these names", async () => {
  expect(Object.keys(await import("@unroll/train/workers")).sort()).toEqual(["WorkerError", "workers"]);
});

test("the door of sweeps has these names", async () => {
  expect(Object.keys(await import("@unroll/train/sweep")).sort()).toEqual(["SweepError", "merge", "sweep"]);
});
