import { quote, type Refusals } from "../errors.ts";
import { firstInvalidUtf8 } from "../utf8.ts";
import { type Extra, readSizes } from "./zip64.ts";

const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const [CENTRAL_SIZE, END_SIZE, LOCATOR_SIZE, END_64_SIZE] = [46, 22, 20, 56];

/** Bits of the flags that change nothing for a reader: how hard the writer tried (1, 2), names in UTF-8 (11). */
const HARMLESS_FLAGS = 0b1000_0000_0110;
const UTF8_FLAG = 1 << 11;

/** What the directory says of one member. */
export interface DirectoryEntry {
  readonly name: string;
  readonly nameBytes: Uint8Array;
  readonly flags: number;
  /** 0 stored, 8 deflated. */
  readonly method: 0 | 8;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  /** Where the member's own header begins. */
  readonly localOffset: number;
  /** Where in the file the entry of the directory stands. */
  readonly offset: number;
}

export interface Directory {
  readonly entries: readonly DirectoryEntry[];
  /** Where it begins: members end there. */
  readonly start: number;
}

/** Reads the directory at the end of a ZIP archive (APPNOTE 6.3), with or without ZIP64. */
export function readDirectory(bytes: Uint8Array, refuse: Refusals): Directory {
  const numbers = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { count, start, end } = findDirectory(numbers, refuse);
  const entries: DirectoryEntry[] = [];
  const names = new Set<string>();
  let at = start;
  for (let i = 0; i < count; i++) {
    if (at + CENTRAL_SIZE > end || numbers.getUint32(at, true) !== CENTRAL)
      throw refuse.malformed("directory", `the directory has no entry ${i} of ${count}`, at);
    const next = at + CENTRAL_SIZE + lengthsAt(numbers, at + 28).reduce((a, b) => a + b);
    if (next > end) throw refuse.malformed("directory", `entry ${i} ends after the directory`, at);
    const entry = readEntry(bytes, numbers, at, refuse);
    if (names.has(entry.name))
      throw refuse.malformed("duplicate-name", `there are two members ${quote(entry.name)}`, at);
    names.add(entry.name);
    entries.push(entry);
    at = next;
  }
  if (at !== end) throw refuse.malformed("directory", `${end - at} bytes follow the last entry`, at);
  return { entries, start };
}

/** Number of entries, first byte of the directory and the one after its last, from the record at the end. */
function findDirectory(numbers: DataView, refuse: Refusals): { count: number; start: number; end: number } {
  const at = numbers.byteLength - END_SIZE;
  if (at < 0)
    throw refuse.malformed("too-short", `the file has ${numbers.byteLength} bytes, expected at least 22`, 0);
  if (numbers.getUint32(at, true) !== END || numbers.getUint16(at + 20, true) !== 0) {
    if (hasComment(numbers)) throw refuse.unsupported("comment", "an archive with a comment at its end", at);
    throw refuse.malformed("end-record", "the file does not end with the end record of a ZIP archive", at);
  }
  const disks = [4, 6].map((field) => numbers.getUint16(at + field, true));
  const counts = [8, 10].map((field) => numbers.getUint16(at + field, true));
  let [count, size, start, end] = [
    counts[1] as number,
    numbers.getUint32(at + 12, true),
    numbers.getUint32(at + 16, true),
    at,
  ];
  const large = count === 0xffff || size === 0xffffffff || start === 0xffffffff;
  if (large && at >= LOCATOR_SIZE && numbers.getUint32(at - LOCATOR_SIZE, true) === LOCATOR_64) {
    ({ count, size, start, end } = readEnd64(numbers, at - LOCATOR_SIZE, refuse));
  } else if (disks.some((disk) => disk !== 0) || counts[0] !== count) {
    throw refuse.unsupported("disks", "an archive of several disks", at + 4);
  }
  if (start + size !== end)
    throw refuse.malformed(
      "directory",
      `the directory from ${start} of ${size} bytes does not end at ${end}`,
      at,
    );
  return { count, start, end };
}

/** Whether an end record stands where its comment would reach to the end of the file. */
function hasComment(numbers: DataView): boolean {
  for (let length = 1; length <= Math.min(0xffff, numbers.byteLength - END_SIZE); length++) {
    const at = numbers.byteLength - END_SIZE - length;
    if (numbers.getUint32(at, true) === END && numbers.getUint16(at + 20, true) === length) return true;
  }
  return false;
}

/** The same from the end record of ZIP64, which stands between the directory and its locator. */
function readEnd64(
  numbers: DataView,
  locator: number,
  refuse: Refusals,
): { count: number; size: number; start: number; end: number } {
  const at = locator - END_64_SIZE;
  const found = at >= 0 && numbers.getUint32(at, true) === END_64;
  if (!found || numbers.getBigUint64(locator + 8, true) !== BigInt(at))
    throw refuse.malformed("end-record", "the ZIP64 end record is not where its locator says", locator);
  if (numbers.getBigUint64(at + 4, true) !== BigInt(END_64_SIZE - 12))
    throw refuse.unsupported("end-record", "a ZIP64 end record with more than its fields", at + 4);
  const disks = [at + 16, at + 20, locator + 4].map((field) => numbers.getUint32(field, true));
  const [onDisk, count, size, start] = [24, 32, 40, 48].map((field) =>
    numbers.getBigUint64(at + field, true),
  );
  if (disks.some((disk) => disk !== 0) || numbers.getUint32(locator + 16, true) > 1 || onDisk !== count)
    throw refuse.unsupported("disks", "an archive of several disks", at + 16);
  // Numbers that a double rounds are far past the end, and are refused there.
  return { count: Number(count), size: Number(size), start: Number(start), end: at };
}

function readEntry(bytes: Uint8Array, numbers: DataView, at: number, refuse: Refusals): DirectoryEntry {
  const [nameLength, extraLength] = lengthsAt(numbers, at + 28) as [number, number, number];
  const nameBytes = bytes.subarray(at + CENTRAL_SIZE, at + CENTRAL_SIZE + nameLength);
  const flags = numbers.getUint16(at + 8, true);
  const method = numbers.getUint16(at + 10, true);
  const name = decodeName(nameBytes, flags, at, refuse);
  const label = `member ${quote(name)}`;
  if (flags & 1) throw refuse.unsupported("encryption", `${label} is encrypted`, at + 8);
  if (flags & 8) throw refuse.unsupported("data-descriptor", `the sizes of ${label} follow its data`, at + 8);
  if (flags & ~HARMLESS_FLAGS) throw refuse.unsupported("flags", `flags ${flags} of ${label}`, at + 8);
  if (method !== 0 && method !== 8)
    throw refuse.unsupported("method", `compression method ${method} of ${label}`, at + 10);
  if (numbers.getUint16(at + 34, true) !== 0)
    throw refuse.unsupported("disks", "an archive of several disks", at + 34);
  const extra: Extra = { at: at + CENTRAL_SIZE + nameLength, length: extraLength };
  const { compressedSize, size, localOffset } = readSizes(
    numbers,
    {
      size: numbers.getUint32(at + 24, true),
      compressedSize: numbers.getUint32(at + 20, true),
      localOffset: numbers.getUint32(at + 42, true),
    },
    extra,
    refuse,
  );
  if (method === 0 && compressedSize !== size)
    throw refuse.malformed("size", `${label} is stored, but its two sizes differ`, at + 20);
  const crc = numbers.getUint32(at + 16, true);
  return { name, nameBytes, flags, method, crc, compressedSize, size, localOffset, offset: at };
}

/** Lengths of name, extra fields and comment. */
function lengthsAt(numbers: DataView, at: number): number[] {
  return [at, at + 2, at + 4].map((field) => numbers.getUint16(field, true));
}

function decodeName(bytes: Uint8Array, flags: number, at: number, refuse: Refusals): string {
  if (flags & UTF8_FLAG) {
    const invalid = firstInvalidUtf8(bytes, 0, bytes.length);
    if (invalid >= 0) throw refuse.malformed("utf-8", "a name is not UTF-8", at + CENTRAL_SIZE + invalid);
  } else {
    const foreign = bytes.findIndex((byte) => byte > 0x7f);
    if (foreign >= 0)
      throw refuse.unsupported("encoding", "a name in a code page", at + CENTRAL_SIZE + foreign);
  }
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}
