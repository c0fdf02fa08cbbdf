import { OptionError } from "@unroll/kernels";
import type { Slice } from "@unroll/linalg";
import type { StackLayer } from "./stack.ts";
import type { Tracer } from "./tracer.ts";

/** One parameter of one cell of a stack. */
export interface CellParameter {
  readonly layer: StackLayer;
  /** The layer below, whose states it reads. */
  readonly below: StackLayer | undefined;
  /** Without the number of the layer: `W_hh`. */
  readonly name: string;
  /** Where it stands among all parameters. */
  readonly slice: Slice;
  readonly size: number;
}

/** @throws OptionError if no cell has a parameter of that name, as `0.W_hh` */
export function cellParameter(where: string, { layout, stack }: Tracer, parameter: string): CellParameter {
  const names = Object.keys(layout.slices).filter((name) => !name.startsWith("readout."));
  if (!names.includes(parameter))
    throw new OptionError(where, "parameter", parameter, `one of ${names.join(", ")}`);
  const [l, name] = parameter.split(".");
  const slice = layout.slices[parameter];
  const index = Number(l);
  return {
    layer: stack.layers[index],
    below: stack.layers[index - 1],
    name,
    slice,
    size: slice.rows * slice.columns,
  };
}
