import { expect, test } from "vitest";

test("the public names", async () => {
  expect(Object.keys(await import("@unroll/io")).sort()).toEqual([
    "UnsupportedError",
    "bfloat16ToFloat32",
    "float16ToFloat32",
    "readModel",
    "readSafetensors",
    "tensorOf",
    "writeModel",
    "writeSafetensors",
  ]);
});
