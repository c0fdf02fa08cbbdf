import { finiteOption, type Initializer } from "./initializer.ts";

/** W_ij = 0. */
export const zeros: Initializer = (target) => fill(target, 0);

/**
 * W_ij = c.
 * @throws OptionError unless c is finite
 */
export function constant(c: number): Initializer {
  finiteOption("constant", "c", c);
  return (target) => fill(target, c);
}

/**
 * W_ij = gain where i = j, else 0; the matrix need not be square.
 *
 * As recurrent weights with ReLU: Le, Jaitly, Hinton, "A simple way to initialize recurrent networks of rectified
 * linear units" (2015).
 * @throws OptionError unless the gain is finite
 */
export function identity({ gain = 1 }: { readonly gain?: number } = {}): Initializer {
  finiteOption("identity", "gain", gain);
  return (target) => {
    fill(target, 0);
    const { data, offset, rows, columns, stride } = target;
    for (let i = 0; i < Math.min(rows, columns); i++) data[offset + i * stride + i] = gain;
  };
}

function fill({ data, offset, rows, columns, stride }: Parameters<Initializer>[0], value: number): void {
  for (let r = 0; r < rows; r++) data.fill(value, offset + r * stride, offset + r * stride + columns);
}
