import type { Dtype } from "../dtype.ts";

/** Our element types by NumPy's codes (kind and bytes), for those that both have. */
const CODES: Readonly<Record<string, Dtype>> = {
  f8: "F64",
  f4: "F32",
  f2: "F16",
  i8: "I64",
  i4: "I32",
  i2: "I16",
  i1: "I8",
  u8: "U64",
  u4: "U32",
  u2: "U16",
  u1: "U8",
  b1: "BOOL",
};

/** NumPy's code of an element type, or undefined if NumPy has no such type. */
export function codeOf(dtype: Dtype): string | undefined {
  return Object.keys(CODES).find((code) => CODES[code] === dtype);
}

/** What a `descr` says: `<f8`, `>i4`, `|b1`. Undefined if it is not one of ours. */
export function dtypeOf(descr: string): { readonly dtype: Dtype; readonly bigEndian: boolean } | undefined {
  const [order, code] = [descr[0], descr.slice(1)];
  if (!Object.hasOwn(CODES, code)) return undefined;
  if (order !== "<" && order !== ">" && !(order === "|" && code[1] === "1")) return undefined;
  return { dtype: CODES[code], bigEndian: order === ">" };
}

/** Why a `descr` that may be right is not read. */
export function whyNot(descr: string): { readonly rule: string; readonly problem: string } {
  const kind = descr.replace(/^[<>|=]/, "")[0];
  if (kind === "O")
    return { rule: "object", problem: "an array of objects is pickled Python, which is never read" };
  const what: Readonly<Record<string, string>> = {
    c: "complex numbers",
    S: "byte strings",
    a: "byte strings",
    U: "strings",
    V: "raw or structured data",
    M: "dates",
    m: "time spans",
  };
  return { rule: "dtype", problem: (kind !== undefined && what[kind]) || "an element type that is not read" };
}
