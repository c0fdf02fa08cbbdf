import { crc32, deflateRawSync } from "node:zlib";

/** A member of an archive, and every number its headers say, right unless changed. */
export interface Part {
  name: Uint8Array;
  /** As it stands in the file. */
  data: Uint8Array;
  method: number;
  flags: number;
  crc: number;
  compressedSize: number;
  size: number;
  /** What the member's own header says instead. */
  local: Partial<Omit<Part, "local" | "data">>;
  localSignature: number;
  centralSignature: number;
  /** Added to the place of its header, as the directory says it. */
  shift: number;
  /** Sizes of the local header, of the directory, in a field of ZIP64. */
  zip64: { local: boolean; central: boolean };
  /** Bytes of further extra fields. */
  extra: { local: Uint8Array; central: Uint8Array };
  comment: Uint8Array;
  /** Added to the length of the comment. */
  commentMore: number;
  disk: number;
  /** Bytes between this member and the next. */
  gap: Uint8Array;
}

export interface Archive {
  parts: Part[];
  /** The order of the directory. */
  order: number[];
  /** Bytes before the first member, behind the last entry, behind the end record. */
  before: Uint8Array;
  behindDirectory: Uint8Array;
  behind: Uint8Array;
  zip64: boolean;
  /** Changes to the end record (and that of ZIP64), by field. */
  end: Partial<Record<EndField, number>>;
  end64: Partial<Record<EndField | "recordSize" | "locator" | "locatorDisk" | "disks", number>>;
}

type EndField =
  | "signature"
  | "disk"
  | "startDisk"
  | "countHere"
  | "count"
  | "size"
  | "start"
  | "commentLength";

export const NONE: Uint8Array = new Uint8Array(0);

export function part(name: string, content: Uint8Array, deflated = false): Part {
  const data = deflated ? new Uint8Array(deflateRawSync(content)) : content;
  return {
    name: new TextEncoder().encode(name),
    data,
    method: deflated ? 8 : 0,
    flags: 0,
    crc: crc32(content),
    compressedSize: data.length,
    size: content.length,
    local: {},
    localSignature: 0x04034b50,
    centralSignature: 0x02014b50,
    shift: 0,
    zip64: { local: false, central: false },
    extra: { local: NONE, central: NONE },
    comment: NONE,
    commentMore: 0,
    disk: 0,
    gap: NONE,
  };
}

export function archive(parts: Part[]): Archive {
  return {
    parts,
    order: parts.map((_, i) => i),
    before: NONE,
    behindDirectory: NONE,
    behind: NONE,
    zip64: false,
    end: {},
    end64: {},
  };
}

/** Little-endian numbers one after the other: [value, bytes]. */
function pack(...numbers: [value: number, bytes: 2 | 4 | 8][]): Uint8Array {
  return Uint8Array.from(
    numbers.flatMap(([value, bytes]) =>
      Array.from({ length: bytes }, (_, i) =>
        Number((BigInt.asUintN(64, BigInt(value)) >> BigInt(8 * i)) & 255n),
      ),
    ),
  );
}

export function join(...pieces: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(pieces));
}

const ELSEWHERE = 0xffffffff;

/** The bytes of an archive, and where its parts stand in them. */
export function render({ parts, order, before, behindDirectory, behind, zip64, end, end64 }: Archive): {
  bytes: Uint8Array;
  locals: number[];
  centrals: number[];
  endRecord: number;
} {
  const pieces = [before];
  const locals: number[] = [];
  let at = before.length;
  for (const each of parts) {
    const { name, flags, method, crc, compressedSize, size } = { ...each, ...each.local };
    const large = each.zip64.local;
    const own = large ? pack([1, 2], [16, 2], [size, 8], [compressedSize, 8]) : NONE;
    const extra = join(own, each.extra.local);
    const sizes: [number, 4][] = large
      ? [
          [ELSEWHERE, 4],
          [ELSEWHERE, 4],
        ]
      : [
          [compressedSize, 4],
          [size, 4],
        ];
    const header = pack(
      [each.localSignature, 4],
      [45, 2],
      [flags, 2],
      [method, 2],
      [0, 4],
      [crc, 4],
      ...sizes,
      [name.length, 2],
      [extra.length, 2],
    );
    locals.push(at);
    const piece = join(header, name, extra, each.data, each.gap);
    pieces.push(piece);
    at += piece.length;
  }
  const start = at;
  const centrals: number[] = [];
  for (const i of order) {
    const each = parts[i]!;
    const offset = locals[i]! + each.shift;
    const large = each.zip64.central;
    const own = large ? pack([1, 2], [24, 2], [each.size, 8], [each.compressedSize, 8], [offset, 8]) : NONE;
    const extra = join(own, each.extra.central);
    const header = pack(
      [each.centralSignature, 4],
      [45, 2],
      [45, 2],
      [each.flags, 2],
      [each.method, 2],
      [0, 4],
      [each.crc, 4],
      [large ? ELSEWHERE : each.compressedSize, 4],
      [large ? ELSEWHERE : each.size, 4],
      [each.name.length, 2],
      [extra.length, 2],
      [each.comment.length + each.commentMore, 2],
      [each.disk, 2],
      [0, 2],
      [0, 4],
      [large ? ELSEWHERE : offset, 4],
    );
    const piece = join(header, each.name, extra, each.comment);
    centrals[i] = at;
    pieces.push(piece);
    at += piece.length;
  }
  const right = {
    disk: 0,
    startDisk: 0,
    countHere: order.length,
    count: order.length,
    size: at - start,
    start,
  };
  pieces.push(behindDirectory);
  at += behindDirectory.length;
  if (zip64) {
    const says = {
      signature: 0x06064b50,
      recordSize: 44,
      locator: at,
      locatorDisk: 0,
      disks: 1,
      ...right,
      ...end64,
    };
    pieces.push(
      pack([says.signature, 4], [says.recordSize, 8], [45, 2], [45, 2], [says.disk, 4], [says.startDisk, 4]),
      pack([says.countHere, 8], [says.count, 8], [says.size, 8], [says.start, 8]),
      pack([0x07064b50, 4], [says.locatorDisk, 4], [says.locator, 8], [says.disks, 4]),
    );
    at += 56 + 20;
  }
  const small = zip64 ? { countHere: 0xffff, count: 0xffff, size: ELSEWHERE, start: ELSEWHERE } : {};
  const says = { signature: 0x06054b50, commentLength: 0, ...right, ...small, ...end };
  pieces.push(
    pack([says.signature, 4], [says.disk, 2], [says.startDisk, 2], [says.countHere, 2], [says.count, 2]),
    pack([says.size, 4], [says.start, 4], [says.commentLength, 2]),
    behind,
  );
  return { bytes: join(...pieces), locals, centrals, endRecord: at };
}
