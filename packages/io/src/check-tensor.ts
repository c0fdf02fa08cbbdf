import { ValueError } from "@unroll/kernels";
import { DTYPES, type Dtype } from "./dtype.ts";
import { elementsOf, type Tensor } from "./tensor.ts";

/** @throws ValueError if it is no tensor, or its type, shape and data do not fit; `name` is what the error calls it */
export function checkTensor(where: string, name: string, tensor: Tensor): void {
  if (typeof tensor !== "object" || tensor === null)
    throw new ValueError(where, name, tensor, "{ dtype, shape, data }");
  const { dtype, shape, data } = tensor;
  const facts = DTYPES.get(dtype as Dtype);
  if (!facts) throw new ValueError(where, `dtype of ${name}`, dtype, [...DTYPES.keys()].join(" or "));
  // By its tag: arrays of another realm are not instances of our constructors.
  if ((data as { [Symbol.toStringTag]?: string } | undefined)?.[Symbol.toStringTag] !== facts.array.name)
    throw new ValueError(where, `data of ${name}`, data, `a ${facts.array.name} for ${dtype}`);
  const sizes = Array.isArray(shape) && shape.every((size) => Number.isSafeInteger(size) && size >= 0);
  if (!sizes) throw new ValueError(where, `shape of ${name}`, shape, "integers from 0 to 2^53 - 1");
  const elements = elementsOf(shape);
  if (elements !== data.length)
    throw new ValueError(
      where,
      `length of the data of ${name}`,
      data.length,
      `${elements ?? "more than 2^53 - 1"} for [${shape}]`,
    );
}
