import type { Operator } from "./node-context.ts";
import { mul, reduceProd } from "./operators/arithmetic.ts";
import { concat } from "./operators/concat.ts";
import { cast, constant, constantOfShape, identity, shape } from "./operators/constants.ts";
import { add, gemm, matMul } from "./operators/linear.ts";
import {
  clip,
  elementwiseOperator,
  geluOperator,
  logSoftmaxOperator,
  seluOperator,
  softmaxOperator,
} from "./operators/readout.ts";
import { squeeze, transpose, unsqueeze } from "./operators/rearrange.ts";
import { expand, reshape } from "./operators/reshape.ts";
import { rnn } from "./operators/rnn.ts";
import { gather, oneHot, slice } from "./operators/select.ts";

/** All operators that are read, by their names in ONNX. */
export function operators(): ReadonlyMap<string, Operator> {
  return new Map<string, Operator>([
    ["RNN", rnn],
    ["MatMul", matMul],
    ["Gemm", gemm],
    ["Add", add],
    ["Gather", gather],
    ["OneHot", oneHot],
    ["Slice", slice],
    ["Concat", concat],
    ["Reshape", reshape],
    ["Transpose", transpose],
    ["Squeeze", squeeze],
    ["Unsqueeze", unsqueeze],
    ["Expand", expand],
    ["Identity", identity],
    ["Cast", cast],
    ["Constant", constant],
    ["ConstantOfShape", constantOfShape],
    ["Shape", shape],
    ["Mul", mul],
    ["ReduceProd", reduceProd],
    ["Softmax", softmaxOperator],
    ["LogSoftmax", logSoftmaxOperator],
    ["Relu", elementwiseOperator("Relu")],
    ["Tanh", elementwiseOperator("Tanh")],
    ["Sigmoid", elementwiseOperator("Sigmoid")],
    ["Softsign", elementwiseOperator("Softsign")],
    ["Softplus", elementwiseOperator("Softplus")],
    ["LeakyRelu", elementwiseOperator("LeakyRelu", ["alpha"])],
    ["Elu", elementwiseOperator("Elu", ["alpha"])],
    ["ThresholdedRelu", elementwiseOperator("ThresholdedRelu", ["alpha"])],
    ["HardSigmoid", elementwiseOperator("HardSigmoid", ["alpha", "beta"])],
    ["Selu", seluOperator],
    ["Clip", clip],
    ["Gelu", geluOperator],
  ]);
}

/** What is known by name and still not read, and why. */
export const NOT_READ: Readonly<Record<string, string>> = {
  LSTM: "gated cells are not read",
  GRU: "gated cells are not read",
  Loop: "loops are not read, only RNN nodes",
  Scan: "loops are not read, only RNN nodes",
  If: "branches are not read",
};
