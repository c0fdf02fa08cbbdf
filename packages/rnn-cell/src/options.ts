import type { Activation } from "@unroll/activations";
import { OptionError } from "@unroll/kernels";
import type { Initializer, Layout } from "@unroll/linalg";

/** A positive integer, or an OptionError that names it. */
export function checkSize(where: string, name: string, value: number): number {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new OptionError(where, name, value, "a positive integer");
  return value;
}

/** An activation, or an OptionError. */
export function checkActivation(where: string, value: Activation): Activation {
  if (typeof value?.forward !== "function" || typeof value.backward !== "function")
    throw new OptionError(where, "activation", value, "an Activation, as tanh of @unroll/activations");
  return value;
}

/** One initializer for each parameter: those given, else the usual ones. An OptionError names an unknown parameter. */
export function checkInitializers(
  where: string,
  parameters: Layout,
  usual: Readonly<Record<string, Initializer>>,
  given: Readonly<Record<string, Initializer>> = {},
): Readonly<Record<string, Initializer>> {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(parameters.slices, name))
      throw new OptionError(
        where,
        "initializers",
        name,
        `names among ${Object.keys(parameters.slices).join(", ")}`,
      );
  }
  return { ...usual, ...given };
}
