import { OptionError } from "@unroll/kernels";

/** How the p columns of a row make one loss: their sum, or their mean (the sum over p). */
export type Features = "sum" | "mean";

/** @throws OptionError unless it is "sum" or "mean" */
export function checkFeatures(where: string, features: Features): void {
  if (features !== "sum" && features !== "mean") {
    throw new OptionError(where, "features", features, 'one of "sum", "mean"');
  }
}

/** The name of a loss with the parameters that differ from the default: `huber(2, sum)`. */
export function nameWith(name: string, ...parameters: readonly (string | number | undefined)[]): string {
  const given = parameters.filter((parameter) => parameter !== undefined);
  return given.length > 0 ? `${name}(${given.join(", ")})` : name;
}
