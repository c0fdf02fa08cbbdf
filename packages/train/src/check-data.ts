import { OptionError } from "@unroll/kernels";
import type { SequenceModel } from "@unroll/model";
import type { Dataset } from "./data/index.ts";

/** A data set has the sizes of a model. @throws OptionError */
export function checkData(where: string, name: string, data: Dataset, model: SequenceModel): void {
  if (typeof data?.batches !== "function") throw new OptionError(where, name, data, "a data set");
  const { inputSize, targetSize } = data;
  if (inputSize === model.inputs && targetSize === model.outputs) return;
  const expected = `${model.inputs} inputs and ${model.outputs} outputs, those of the model`;
  throw new OptionError(where, name, `${inputSize} inputs and ${targetSize} outputs`, expected);
}
