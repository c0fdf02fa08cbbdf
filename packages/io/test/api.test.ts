import { expect, test } from "vitest";

test("the public names", async () => {
  expect(Object.keys(await import("@unroll/io")).sort()).toEqual([
    "UnsupportedError",
    "bfloat16ToFloat32",
    "blobSource",
    "float16ToFloat32",
    "openSafetensors",
    "readModel",
    "readSafetensors",
    "streamSafetensors",
    "tensorOf",
    "writeModel",
    "writeSafetensors",
  ]);
});

test("the public names of the NumPy door", async () => {
  expect(Object.keys(await import("@unroll/io/numpy")).sort()).toEqual([
    "readNpy",
    "readNpz",
    "writeNpy",
    "writeNpz",
  ]);
});

test("the public names of the PyTorch door", async () => {
  expect(Object.keys(await import("@unroll/io/pytorch")).sort()).toEqual(["fromPyTorch", "toPyTorch"]);
});

test("the public names of the Keras door", async () => {
  expect(Object.keys(await import("@unroll/io/keras")).sort()).toEqual(["fromKeras", "toKeras"]);
});

test("the public names of the ONNX door", async () => {
  expect(Object.keys(await import("@unroll/io/onnx")).sort()).toEqual(["readOnnx", "writeOnnx"]);
});

test("the public names of the standalone door", async () => {
  expect(Object.keys(await import("@unroll/io/standalone")).sort()).toEqual(["writeStandalone"]);
});
