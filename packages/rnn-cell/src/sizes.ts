import { OptionError } from "@unroll/kernels";

/** A positive integer, or an OptionError that names it. */
export function checkSize(where: string, name: string, value: number): number {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new OptionError(where, name, value, "a positive integer");
  return value;
}
