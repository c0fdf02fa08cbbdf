import { ValueError } from "@unroll/kernels";
import { isWellFormed } from "./utf8.ts";

/** @throws ValueError for what is no text, or none that can be written as UTF-8; `name` is what the error calls it */
export function checkText(where: string, name: string, text: unknown): void {
  if (typeof text !== "string") throw new ValueError(where, name, text, "a string");
  if (!isWellFormed(text))
    throw new ValueError(where, name, text, "Unicode: no surrogate without its partner");
}
