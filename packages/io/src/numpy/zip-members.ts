import { quote, type Refusals } from "../errors.ts";
import { type DirectoryEntry, readDirectory } from "./zip-directory.ts";
import { readSizes } from "./zip64.ts";

const LOCAL = 0x04034b50;
const LOCAL_SIZE = 30;

/** A member of an archive, its two headers compared. */
export interface Member extends DirectoryEntry {
  /** Its bytes as they stand in the file. */
  readonly data: Uint8Array;
  readonly dataOffset: number;
}

/**
 * The members of a ZIP archive in the order of its directory. Each must begin where the one before it ends, from the
 * first byte of the file to the directory, and its own header must say what the directory says.
 */
export function readMembers(bytes: Uint8Array, refuse: Refusals): Member[] {
  const { entries, start } = readDirectory(bytes, refuse);
  const numbers = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const members = new Map<DirectoryEntry, Member>();
  let covered = 0;
  for (const entry of [...entries].sort((a, b) => a.localOffset - b.localOffset)) {
    const { name, localOffset, compressedSize, offset } = entry;
    const label = `member ${quote(name)} begins at ${localOffset}`;
    if (localOffset < covered)
      throw refuse.malformed("overlap", `${label}, inside the member that ends at ${covered}`, offset);
    if (localOffset > covered)
      throw refuse.malformed("hole", `${label}, after a hole from ${covered} on`, offset);
    const dataOffset = readLocal(bytes, numbers, entry, start, refuse);
    covered = dataOffset + compressedSize;
    if (covered > start)
      throw refuse.malformed(
        "past-end",
        `member ${quote(name)} ends at ${covered}, after the directory begins`,
        offset,
      );
    members.set(entry, { ...entry, data: bytes.subarray(dataOffset, covered), dataOffset });
  }
  if (covered < start)
    throw refuse.malformed("hole", `${start - covered} bytes belong to no member`, covered);
  return entries.map((entry) => members.get(entry) as Member);
}

/** Compares a member's own header with the directory. Returns where its data begins. */
function readLocal(
  bytes: Uint8Array,
  numbers: DataView,
  entry: DirectoryEntry,
  end: number,
  refuse: Refusals,
): number {
  const at = entry.localOffset;
  const label = `member ${quote(entry.name)}`;
  if (at + LOCAL_SIZE > end || numbers.getUint32(at, true) !== LOCAL)
    throw refuse.malformed("local-header", `${label} has no header of its own`, at);
  const nameLength = numbers.getUint16(at + 26, true);
  const extra = { at: at + LOCAL_SIZE + nameLength, length: numbers.getUint16(at + 28, true) };
  const dataOffset = extra.at + extra.length;
  if (dataOffset > end) throw refuse.malformed("local-header", `the header of ${label} does not end`, at);
  const differs = (field: string, offset: number): Error =>
    refuse.malformed("headers-differ", `${label} has another ${field} in its own header`, offset);
  if (numbers.getUint16(at + 6, true) !== entry.flags) throw differs("set of flags", at + 6);
  if (numbers.getUint16(at + 8, true) !== entry.method) throw differs("compression method", at + 8);
  if (numbers.getUint32(at + 14, true) !== entry.crc) throw differs("CRC-32", at + 14);
  const name = bytes.subarray(at + LOCAL_SIZE, extra.at);
  if (name.length !== entry.nameBytes.length || name.some((byte, i) => byte !== entry.nameBytes[i]))
    throw differs("name", at + LOCAL_SIZE);
  const own = readSizes(
    numbers,
    { size: numbers.getUint32(at + 22, true), compressedSize: numbers.getUint32(at + 18, true) },
    extra,
    refuse,
  );
  if (own.size !== entry.size || own.compressedSize !== entry.compressedSize) throw differs("size", at + 18);
  return dataOffset;
}
