import { ValueError } from "@unroll/kernels";
import { allocate } from "../allocate.ts";
import { entriesOf, type Named } from "../named.ts";
import type { Tensor } from "../tensor.ts";
import { isWellFormed } from "../utf8.ts";
import { crc32 } from "./crc32.ts";
import { arrayFile } from "./write-npy.ts";

const WHERE = "writeNpz";

/** Version 4.5 of ZIP, as NumPy says; made on Unix, readable and writable by its owner, on the first of January 1980. */
const [VERSION, UNIX, ATTRIBUTES, DATE] = [45, 3 << 8, 0o600 << 16, 0x21];
const [LOCAL_SIZE, CENTRAL_SIZE, END_SIZE] = [30 + 20, 46, 22];
const LARGEST = 0xfffffffe;

interface Member {
  readonly name: Uint8Array;
  readonly content: Uint8Array;
  readonly crc: number;
  readonly flags: number;
  readonly offset: number;
}

/**
 * Writes arrays by name as `np.savez` does: a ZIP archive of .npy files that are stored, not compressed, in the order
 * they come. NumPy gives the same bytes for the same arrays.
 * @throws ValueError for a name that is not Unicode or too long, what `writeNpy` throws, and for 4 GB and more;
 * MemoryError
 */
export function writeNpz(tensors: Named<Tensor>): Uint8Array {
  const members: Member[] = [];
  let [offset, directorySize] = [0, 0];
  for (const [key, tensor] of entriesOf(tensors)) {
    if (!isWellFormed(key))
      throw new ValueError(WHERE, "name of an array", key, "Unicode: no surrogate without its partner");
    const name = new TextEncoder().encode(`${key}.npy`);
    if (name.length > 0xffff)
      throw new ValueError(WHERE, "length of the name of an array", name.length, "at most 65535 bytes");
    const content = arrayFile(WHERE, `array ${JSON.stringify(key)}`, tensor);
    const flags = name.some((byte) => byte > 0x7f) ? 1 << 11 : 0;
    members.push({ name, content, crc: crc32(content), flags, offset });
    offset += LOCAL_SIZE + name.length + content.length;
    directorySize += CENTRAL_SIZE + name.length;
  }
  const size = offset + directorySize + END_SIZE;
  if (members.length >= 0xffff || size > LARGEST)
    throw new ValueError(WHERE, "size of the archive", size, `at most ${LARGEST} bytes and 65534 arrays`);
  const bytes = allocate(WHERE, size);
  for (const member of members) writeLocal(bytes, member);
  let at = offset;
  for (const member of members) at = writeCentral(bytes, at, member);
  writeEnd(bytes, at, members.length, offset);
  return bytes;
}

/** A member's own header, with its sizes in the ZIP64 field (NumPy cannot know them when it writes), and its data. */
function writeLocal(bytes: Uint8Array, { name, content, crc, flags, offset }: Member): void {
  const view = new DataView(bytes.buffer, offset);
  view.setUint32(0, 0x04034b50, true);
  writeCommon(view, 4, flags, crc, 0xffffffff, name.length);
  view.setUint16(28, 20, true);
  bytes.set(name, offset + 30);
  const extra = 30 + name.length;
  view.setUint16(extra, 1, true);
  view.setUint16(extra + 2, 16, true);
  view.setBigUint64(extra + 4, BigInt(content.length), true);
  view.setBigUint64(extra + 12, BigInt(content.length), true);
  bytes.set(content, offset + extra + 20);
}

/** A member's entry in the directory. Returns where the next one stands. */
function writeCentral(bytes: Uint8Array, at: number, { name, content, crc, flags, offset }: Member): number {
  const view = new DataView(bytes.buffer, at);
  view.setUint32(0, 0x02014b50, true);
  view.setUint16(4, VERSION | UNIX, true);
  writeCommon(view, 6, flags, crc, content.length, name.length);
  view.setUint32(38, ATTRIBUTES, true);
  view.setUint32(42, offset, true);
  bytes.set(name, at + CENTRAL_SIZE);
  return at + CENTRAL_SIZE + name.length;
}

/** What both headers hold, from the version to the length of the name. */
function writeCommon(
  view: DataView,
  at: number,
  flags: number,
  crc: number,
  size: number,
  nameLength: number,
): void {
  view.setUint16(at, VERSION, true);
  view.setUint16(at + 2, flags, true);
  view.setUint16(at + 8, DATE, true);
  view.setUint32(at + 10, crc, true);
  view.setUint32(at + 14, size, true);
  view.setUint32(at + 18, size, true);
  view.setUint16(at + 22, nameLength, true);
}

function writeEnd(bytes: Uint8Array, at: number, count: number, start: number): void {
  const view = new DataView(bytes.buffer, at);
  view.setUint32(0, 0x06054b50, true);
  view.setUint16(8, count, true);
  view.setUint16(10, count, true);
  view.setUint32(12, at - start, true);
  view.setUint32(16, start, true);
}
