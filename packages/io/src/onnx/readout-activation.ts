import { ValueError } from "@unroll/kernels";
import { toOnnx } from "./activations.ts";
import type { GraphWriter } from "./graph-writer.ts";

/** The operator set that has Gelu. */
const OPSET_OF_GELU = 20;

/**
 * Writes the nodes of an output's activation. Returns the operator set they need, if it is a newer one.
 * @throws ValueError if ONNX has none like it
 */
export function writeReadoutActivation(
  graph: GraphWriter,
  name: string,
  from: string,
  to: string,
): number | undefined {
  if (name === "softmax" || name === "logSoftmax") {
    graph.node(name === "softmax" ? "Softmax" : "LogSoftmax", [from], [to], { axis: { int: -1 } });
  } else if (name === "selu") {
    graph.node("Selu", [from], [to]);
  } else if (name === "hardTanh") {
    graph.numbers("least", [], Float32Array.of(-1));
    graph.numbers("most", [], Float32Array.of(1));
    graph.node("Clip", [from, "least", "most"], [to]);
  } else if (name === "silu") {
    graph.node("Sigmoid", [from], ["gate"]);
    graph.node("Mul", [from, "gate"], [to]);
  } else if (name === "gelu") {
    graph.node("Gelu", [from], [to]);
    return OPSET_OF_GELU;
  } else {
    const activation = toOnnx(name);
    const { name: operator = "", alpha, beta, clip } = activation ?? {};
    if (!activation || clip !== undefined || operator === "Affine" || operator === "ScaledTanh")
      throw new ValueError("writeOnnx", "activation of the readout", name, "one that is an operator of ONNX");
    graph.node(operator, [from], [to], { alpha, beta });
  }
  return undefined;
}
