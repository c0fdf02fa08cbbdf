/** Everything in a value as text, numbers as their bits: two texts are the same if and only if all bits are. */
export function bits(value: unknown): unknown {
  if (value instanceof Float64Array)
    return Array.from(new BigUint64Array(value.slice().buffer), hex).join(" ");
  if (typeof value === "number") return hex(new BigUint64Array(Float64Array.of(value).buffer)[0]);
  if (Array.isArray(value)) return value.map(bits);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, bits(inner)]));
}

const hex = (word: bigint): string => word.toString(16);
