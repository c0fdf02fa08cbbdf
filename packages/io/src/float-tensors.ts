import type { ElementType, FloatArray } from "@unroll/kernels";
import { quote, UnsupportedError } from "./errors.ts";
import { bfloat16ToFloat32, float16ToFloat32 } from "./half.ts";
import type { Tensor } from "./tensor.ts";

/** The element type that holds all numbers of these tensors. @throws UnsupportedError if some are float64 and some not */
export function commonType(where: string, tensors: ReadonlyMap<string, Tensor>): ElementType {
  const [first, ...rest] = [...tensors].map(([name, { dtype }]) => ({
    name,
    dtype,
    double: dtype === "F64",
  }));
  const other = rest.find(({ double }) => double !== first.double);
  if (other) {
    const problem = `${quote(first.name)} is ${first.dtype}, but ${quote(other.name)} is ${other.dtype}: give the type of the model`;
    throw new UnsupportedError(where, problem, undefined, { rule: "types" });
  }
  return first?.double ? "float64" : "float32";
}

/** The numbers of a tensor. float16 and bfloat16 come as float32, exactly. @throws UnsupportedError for other types */
export function floatsOf(where: string, name: string, { dtype, data }: Tensor): FloatArray {
  if (dtype === "F64" || dtype === "F32") return data;
  if (dtype === "F16") return float16ToFloat32(data);
  if (dtype === "BF16") return bfloat16ToFloat32(data);
  throw new UnsupportedError(where, `${quote(name)} holds ${dtype}`, undefined, {
    rule: "dtype",
    name,
    dtype,
  });
}
