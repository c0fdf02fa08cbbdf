import { ValueError } from "@unroll/kernels";

/**
 * A value as JSON text, if reading it gives the value again (−0 becomes 0).
 * @throws ValueError that names the first part that JSON would lose: NaN, infinity, undefined, a typed array, a cycle
 */
export function jsonOf(where: string, name: string, value: unknown): string {
  check(where, name, value, []);
  return JSON.stringify(value);
}

/** `above`: the objects that the value stands in. */
function check(where: string, name: string, value: unknown, above: readonly unknown[]): void {
  if (value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value))
    return;
  if (above.includes(value)) throw new ValueError(where, name, "a cycle", "no object that it is part of");
  const inside = [...above, value];
  if (Array.isArray(value))
    for (let i = 0; i < value.length; i++) check(where, `${name}[${i}]`, value[i], inside);
  else if (isPlain(value))
    for (const [key, part] of Object.entries(value)) check(where, `${name}.${key}`, part, inside);
  else
    throw new ValueError(
      where,
      name,
      value,
      "what JSON keeps: text, finite numbers, true, false, null, arrays, objects",
    );
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
