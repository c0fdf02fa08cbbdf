/**
 * Index of the first byte of the first sequence that is not UTF-8 (RFC 3629: no overlong forms, no surrogates,
 * nothing above U+10FFFF), or -1.
 */
export function firstInvalidUtf8(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end) {
    const first = bytes[i] as number;
    if (first < 0x80) {
      i++;
      continue;
    }
    const length = sequenceLength(first);
    if (length === 0 || i + length > end) return i;
    const second = bytes[i + 1] as number;
    if (second < lowestSecond(first) || second > highestSecond(first)) return i;
    for (let k = 2; k < length; k++) if (((bytes[i + k] as number) & 0xc0) !== 0x80) return i;
    i += length;
  }
  return -1;
}

function sequenceLength(first: number): 0 | 2 | 3 | 4 {
  if (first >= 0xc2 && first <= 0xdf) return 2;
  if (first >= 0xe0 && first <= 0xef) return 3;
  return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

function lowestSecond(first: number): number {
  if (first === 0xe0) return 0xa0; // below: overlong
  return first === 0xf0 ? 0x90 : 0x80;
}

function highestSecond(first: number): number {
  if (first === 0xed) return 0x9f; // above: surrogates
  return first === 0xf4 ? 0x8f : 0xbf; // above: past U+10FFFF
}

/** Whether every surrogate of a string has its partner, so that it can be written as UTF-8. */
export function isWellFormed(text: string): boolean {
  for (const symbol of text) {
    const code = symbol.codePointAt(0) as number;
    if (code >= 0xd800 && code <= 0xdfff) return false;
  }
  return true;
}

/** Compares two strings by the bytes of their UTF-8, which is by code points (and not as `<` does, by UTF-16). */
export function compareUtf8(a: string, b: string): number {
  const ofA = a[Symbol.iterator]();
  const ofB = b[Symbol.iterator]();
  for (;;) {
    const [x, y] = [ofA.next(), ofB.next()];
    if (x.done || y.done) return Number(!x.done) - Number(!y.done);
    const difference = (x.value.codePointAt(0) as number) - (y.value.codePointAt(0) as number);
    if (difference !== 0) return difference;
  }
}
