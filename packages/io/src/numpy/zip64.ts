import type { Refusals } from "../errors.ts";

/** A 32-bit field with this value says that the real one stands among the extra fields. */
const ELSEWHERE = 0xffffffff;
const ZIP64 = 0x0001;

/** Where the extra fields of a header stand. */
export interface Extra {
  readonly at: number;
  readonly length: number;
}

/**
 * Sizes and offset of a header, those of 32 bits that say 0xFFFFFFFF replaced, in this order, by those of 64 bits in the
 * extra field of ZIP64. The keys of `sizes` must come in the order of that field.
 */
export function readSizes<K extends string>(
  numbers: DataView,
  sizes: Readonly<Record<K, number>>,
  extra: Extra,
  refuse: Refusals,
): Record<K, number> {
  const found = findExtra(numbers, extra, refuse);
  const result: Record<K, number> = { ...sizes };
  let at = found?.at ?? 0;
  const end = at + (found?.length ?? 0);
  for (const key of Object.keys(sizes) as K[]) {
    if (sizes[key] !== ELSEWHERE || !found) continue;
    if (at + 8 > end) throw refuse.malformed("zip64", "the ZIP64 field is too short", found.at);
    const value = numbers.getBigUint64(at, true);
    if (value > BigInt(Number.MAX_SAFE_INTEGER))
      throw refuse.malformed("size", "a size of the ZIP64 field is above 2^53 - 1", at);
    result[key] = Number(value);
    at += 8;
  }
  return result;
}

/** The extra field of ZIP64, if there is one. All fields must fit. */
function findExtra(numbers: DataView, { at, length }: Extra, refuse: Refusals): Extra | undefined {
  const end = at + length;
  let found: Extra | undefined;
  for (let field = at; field < end; ) {
    const content = field + 4;
    const size = content <= end ? numbers.getUint16(field + 2, true) : 0;
    if (content + size > end) throw refuse.malformed("extra", "an extra field ends after the others", field);
    if (numbers.getUint16(field, true) === ZIP64) {
      if (found) throw refuse.malformed("extra", "there are two ZIP64 fields", field);
      found = { at: content, length: size };
    }
    field = content + size;
  }
  return found;
}
