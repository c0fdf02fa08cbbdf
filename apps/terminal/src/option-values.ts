import { InvalidArgumentError } from "commander";

/** An option's value as an integer from `least` to `most`. */
export function integer(least: number, most: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  const expected = most === Number.MAX_SAFE_INTEGER ? `at least ${least}` : `from ${least} to ${most}`;
  return (text) => {
    const value = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Expected an integer ${expected}.`);
  };
}

/** An option's value as a finite number at least, or above, `bound`, and at most `most`. */
export function number(
  relation: "at least" | "above",
  bound: number,
  most: number = Number.MAX_VALUE,
): (text: string) => number {
  const limit = most === Number.MAX_VALUE ? "" : ` and at most ${most}`;
  return (text) => {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (value <= most && (relation === "above" ? value > bound : value >= bound)) return value;
    throw new InvalidArgumentError(`Expected a number ${relation} ${bound}${limit}.`);
  };
}

/** An option's value as the name of a file. */
export function path(text: string): string {
  if (text !== "") return text;
  throw new InvalidArgumentError("Expected the name of a file.");
}
