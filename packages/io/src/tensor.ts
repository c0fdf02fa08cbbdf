import type { Dtype, DtypeArrays } from "./dtype.ts";

/** An array of numbers of one type with a shape, row-major. */
export type Tensor = { [D in Dtype]: TensorOf<D> }[Dtype];

export interface TensorOf<D extends Dtype> {
  readonly dtype: D;
  /** [] is a single number; a dimension may be 0. */
  readonly shape: readonly number[];
  /** As many elements as the product of the shape. */
  readonly data: DtypeArrays[D];
}

/** Product of a shape, or undefined above 2^53 − 1. A dimension 0 makes it 0 whatever the others are. */
export function elementsOf(shape: readonly number[]): number | undefined {
  if (shape.includes(0)) return 0;
  let product = 1;
  for (const size of shape) {
    if (size > Number.MAX_SAFE_INTEGER / product) return undefined;
    product *= size;
  }
  return product;
}
