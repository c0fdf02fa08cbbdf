export { type OnnxFile, type ReadOnnxOptions, readOnnx } from "./read-onnx.ts";
export { type WriteOnnxOptions, writeOnnx } from "./write-onnx.ts";
