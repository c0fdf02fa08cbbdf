export type { Dtype, DtypeArrays } from "./dtype.ts";
export { UnsupportedError } from "./errors.ts";
export { bfloat16ToFloat32, float16ToFloat32 } from "./half.ts";
export { type CellMaker, type ModelFile, readModel, tensorOf, writeModel } from "./model-file.ts";
export { type ReadOptions, readSafetensors, type SafetensorsFile } from "./safetensors/read-safetensors.ts";
export { type Named, writeSafetensors } from "./safetensors/write-safetensors.ts";
export type { Tensor, TensorOf } from "./tensor.ts";
