import { OptionError } from "@unroll/kernels";
import type { Schedule } from "./optimizer.ts";

/** @throws OptionError for an option that doesn't exist */
export function checkNames(where: string, options: object, names: readonly string[]): void {
  for (const [name, value] of Object.entries(options))
    if (!names.includes(name)) throw new OptionError(where, name, value, `one of ${names.join(", ")}`);
}

/** A learning rate: a finite number of 0 or more, or a function. @throws OptionError */
export function learningRate(where: string, value: number | Schedule): number | Schedule {
  if (typeof value === "function") return value;
  return nonNegative(where, "learningRate", value);
}

/** A finite number of 0 or more. @throws OptionError */
export function nonNegative(where: string, name: string, value: number): number {
  if (typeof value === "number" && value >= 0 && value < Number.POSITIVE_INFINITY) return value;
  throw new OptionError(where, name, value, "a finite number of 0 or more");
}

/** A finite number above 0. @throws OptionError */
export function positive(where: string, name: string, value: number): number {
  if (typeof value === "number" && value > 0 && value < Number.POSITIVE_INFINITY) return value;
  throw new OptionError(where, name, value, "a finite number above 0");
}

/** A number from 0 up to, but not including, 1. @throws OptionError */
export function fraction(where: string, name: string, value: number): number {
  if (typeof value === "number" && value >= 0 && value < 1) return value;
  throw new OptionError(where, name, value, "a number from 0 up to, but not including, 1");
}

/** true or false. @throws OptionError */
export function flag(where: string, name: string, value: boolean): boolean {
  if (typeof value === "boolean") return value;
  throw new OptionError(where, name, value, "true or false");
}

/** One of a few words. @throws OptionError */
export function choice<Word extends string>(
  where: string,
  name: string,
  value: Word,
  words: readonly Word[],
): Word {
  if (words.includes(value)) return value;
  throw new OptionError(where, name, value, words.map((word) => JSON.stringify(word)).join(" or "));
}

/** A number of steps: a positive integer. @throws OptionError */
export function stepCount(where: string, name: string, value: number): number {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new OptionError(where, name, value, "a positive integer");
}
