import { crc32, inflateRawSync } from "node:zlib";
import { type Contents, referenceRead as readNpy } from "../npy/reference.ts";

interface Header {
  name: string;
  flags: number;
  method: number;
  crc: number;
  compressed: bigint;
  size: bigint;
}

/**
 * A second reader that walks the other way: from the first byte over the members to the directory, which must then say
 * the same of each. Inflates with Node's zlib. Returns undefined for an archive that breaks a rule.
 */
export function referenceRead(bytes: Uint8Array): Record<string, Contents> | undefined {
  const file = Buffer.from(bytes);
  const contents: [string, Contents][] = [];
  const headers = new Map<number, Header>();
  let at = 0;
  let inflated = 0n;
  try {
    while (file.readUInt32LE(at) === 0x04034b50) {
      const header = fields(file, at + 6, at + 30, file.readUInt16LE(at + 26), file.readUInt16LE(at + 28));
      if (!header || headers.has(at)) return undefined;
      headers.set(at, header);
      const start = at + 30 + file.readUInt16LE(at + 26) + file.readUInt16LE(at + 28);
      const end = start + Number(header.compressed);
      if (end > file.length) return undefined;
      if (header.method === 8) inflated += header.size;
      if (inflated > BigInt(2 * file.length + 2 ** 20)) return undefined;
      const data = dataOf(file.subarray(start, end), header);
      const array = data && crc32(data) === header.crc ? readNpy(data) : undefined;
      if (!array) return undefined;
      contents.push([header.name, array]);
      at = end;
    }
    if (!directoryAgrees(file, at, headers)) return undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined; // read past the end
    throw error;
  }
  const names = contents.map(([name]) => name);
  if (new Set(names).size < names.length || names.some((name) => !name.endsWith(".npy"))) return undefined;
  return Object.fromEntries(contents.map(([name, array]) => [`=${name.slice(0, -4)}`, array]));
}

/** The fields that both headers have. `at` is the place of the flags, that of the name comes last. */
function fields(
  file: Buffer,
  at: number,
  name: number,
  nameLength: number,
  extraLength: number,
  offset?: bigint,
) {
  const flags = file.readUInt16LE(at);
  const method = file.readUInt16LE(at + 2);
  if (flags & ~0x806 || (method !== 0 && method !== 8)) return undefined;
  const bytes = file.subarray(name, name + nameLength);
  if (name + nameLength + extraLength > file.length) return undefined;
  const text = bytes.toString(flags & 0x800 ? "utf8" : "latin1");
  if (flags & 0x800 ? !Buffer.from(text).equals(bytes) : bytes.some((byte) => byte > 127)) return undefined;
  const crc = file.readUInt32LE(at + 8);
  const small = [BigInt(file.readUInt32LE(at + 16)), BigInt(file.readUInt32LE(at + 12)), offset ?? 0n];
  let large: Buffer | undefined;
  let extra = file.subarray(name + nameLength, name + nameLength + extraLength);
  while (extra.length > 0) {
    const end = 4 + extra.readUInt16LE(2);
    if (end > extra.length) return undefined;
    if (extra.readUInt16LE(0) === 1) {
      if (large) return undefined;
      large = extra.subarray(4, end);
    }
    extra = extra.subarray(end);
  }
  let used = 0;
  const [size, compressed, place] = small.map((value) => {
    if (value !== 0xffffffffn || !large) return value;
    used += 8;
    return large.readBigUInt64LE(used - 8);
  });
  if (size! >= 2n ** 53n || compressed! >= 2n ** 53n) return undefined;
  if (method === 0 && size !== compressed) return undefined;
  return { name: text, flags, method, crc, compressed: compressed!, size: size!, place: place! };
}

function dataOf(data: Buffer, { method, size }: Header): Buffer | undefined {
  if (method === 0) return data;
  try {
    const options = { info: true, maxOutputLength: Number(size) + 1 } as object;
    const { buffer, engine } = inflateRawSync(data, options) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    return engine.bytesWritten === data.length && BigInt(buffer.length) === size ? buffer : undefined;
  } catch {
    return undefined;
  }
}

function directoryAgrees(file: Buffer, start: number, headers: Map<number, Header>): boolean {
  let at = start;
  let count = 0;
  while (at + 46 <= file.length && file.readUInt32LE(at) === 0x02014b50) {
    const [name, extra, comment] = [28, 30, 32].map((field) => file.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ];
    const entry = fields(file, at + 8, at + 46, name, extra, BigInt(file.readUInt32LE(at + 42)));
    if (!entry || file.readUInt16LE(at + 34) !== 0) return false;
    const { place, ...header } = entry;
    const own = headers.get(Number(place));
    if (!own) return false;
    for (const key of Object.keys(header) as (keyof Header)[]) if (own[key] !== header[key]) return false;
    headers.delete(Number(place));
    count++;
    at += 46 + name + extra + comment;
  }
  if (headers.size > 0) return false;
  const end = file.length - 22;
  const small = [8, 10].map((field) => file.readUInt16LE(end + field));
  const [size, from] = [12, 16].map((field) => file.readUInt32LE(end + field)) as [number, number];
  if (file.readUInt32LE(end) !== 0x06054b50 || file.readUInt16LE(end + 20) !== 0) return false;
  const isLarge = small[1] === 0xffff || size === 0xffffffff || from === 0xffffffff;
  if (isLarge && end >= 20 && file.readUInt32LE(end - 20) === 0x07064b50) {
    const record = end - 76;
    const numbers = [24, 32, 40, 48].map((field) => Number(file.readBigUInt64LE(record + field)));
    return (
      record === at &&
      file.readUInt32LE(record) === 0x06064b50 &&
      Number(file.readBigUInt64LE(record + 4)) === 44 &&
      file.readUInt32LE(record + 16) === 0 &&
      file.readUInt32LE(record + 20) === 0 &&
      file.readUInt32LE(end - 16) === 0 &&
      Number(file.readBigUInt64LE(end - 12)) === record &&
      file.readUInt32LE(end - 4) <= 1 &&
      numbers.join() === [count, count, at - start, start].join()
    );
  }
  const disks = file.readUInt32LE(end + 4);
  return (
    at === end && disks === 0 && [...small, size, from].join() === [count, count, at - start, start].join()
  );
}
