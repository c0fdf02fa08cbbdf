import { type ElementType, OptionError } from "@unroll/kernels";

/** Refuses options that nobody reads: most are misspelled. @throws OptionError naming the known ones */
export function knownOptions(where: string, options: object, known: readonly string[]): void {
  for (const [name, value] of Object.entries(options)) {
    if (!known.includes(name))
      throw new OptionError(where, name, value, `no such option: ${known.join(", ")}`);
  }
}

/** An integer from `least` to `most`. @throws OptionError */
export function integer(
  where: string,
  name: string,
  value: unknown,
  least: number,
  most: number = Number.MAX_SAFE_INTEGER,
): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= least && value <= most)
    return value;
  const range = most === Number.MAX_SAFE_INTEGER ? `≥ ${least}` : `from ${least} to ${most}`;
  throw new OptionError(where, name, value, `an integer ${range}`);
}

/** One of a few values. @throws OptionError */
export function oneOf<T>(where: string, name: string, value: T, values: readonly T[]): T {
  if (values.includes(value)) return value;
  throw new OptionError(where, name, value, values.map((each) => JSON.stringify(each)).join(" or "));
}

export function flag(where: string, name: string, value: boolean): boolean {
  return oneOf(where, name, value, [true, false]);
}

export function elementType(where: string, value: ElementType): ElementType {
  return oneOf(where, "type", value, ["float32", "float64"]);
}

/** A seed of `RandomState`: 0 … 2³² − 1. @throws OptionError */
export function seedOf(where: string, value: number): number {
  return integer(where, "seed", value, 0, 2 ** 32 - 1);
}
