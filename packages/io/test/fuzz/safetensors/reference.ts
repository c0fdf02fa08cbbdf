const SIZES: Record<string, number> = {
  F64: 8,
  I64: 8,
  U64: 8,
  F32: 4,
  I32: 4,
  U32: 4,
  F16: 2,
  BF16: 2,
  I16: 2,
  U16: 2,
};
for (const name of ["I8", "U8", "BOOL", "F8_E4M3", "F8_E5M2", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ"])
  SIZES[name] = 1;

/** What a file says, as far as two readers can be compared. */
export interface Contents {
  metadata: Record<string, string>;
  tensors: { name: string; dtype: string; shape: number[]; bytes: number[] }[];
}

/**
 * A second reader that shares nothing with ours: JSON.parse, BigInt, and a count of who owns each byte.
 * JSON.parse is blind to the spelling of numbers and takes half surrogate pairs, and nothing here minds unknown keys
 * or many dimensions; so it refuses less. Returns undefined for a file that breaks a rule.
 */
export function referenceRead(bytes: Uint8Array): Contents | undefined {
  if (bytes.length < 8) return undefined;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > 100_000_000n || length > BigInt(bytes.length - 8)) return undefined;
  const data = bytes.subarray(8 + Number(length));
  let header: unknown;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      bytes.subarray(8, 8 + Number(length)),
    );
    if (!/^\{.*\} *$/s.test(text)) return undefined;
    header = JSON.parse(text);
    if (keysIn(text) !== keysOf(header)) return undefined; // JSON.parse has dropped a duplicate
  } catch {
    return undefined;
  }
  const contents: Contents = { metadata: {}, tensors: [] };
  const owners = new Uint8Array(data.length);
  const ranges: [number, number][] = [];
  for (const [name, value] of Object.entries(header as object)) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    if (name === "__metadata__") {
      if (!Object.values(value).every((text) => typeof text === "string")) return undefined;
      contents.metadata = value as Record<string, string>;
      continue;
    }
    const { dtype, shape, data_offsets } = value as Record<string, unknown>;
    if (typeof dtype !== "string" || !Object.hasOwn(SIZES, dtype)) return undefined;
    if (!isSizes(shape) || !isSizes(data_offsets) || data_offsets.length !== 2) return undefined;
    const [begin, end] = data_offsets as [number, number];
    const size = shape.reduce((product, each) => product * BigInt(each), BigInt(SIZES[dtype]!));
    if (BigInt(end) - BigInt(begin) !== size || end > data.length) return undefined;
    for (let i = begin; i < end; i++) owners[i]! += 1;
    ranges.push([begin, end]);
    contents.tensors.push({ name, dtype, shape, bytes: [...data.subarray(begin, end)] });
  }
  if (owners.some((count) => count !== 1)) return undefined;
  // An empty tensor owns no byte, but must not stand inside another.
  const inside = (place: number) => ranges.some(([begin, end]) => begin < place && place < end);
  return ranges.some(([begin, end]) => begin === end && inside(begin)) ? undefined : contents;
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

/** Keys as they stand in the text: colons outside strings. */
function keysIn(text: string): number {
  return text.replace(/"(?:[^"\\]|\\.)*"/gs, "").split(":").length - 1;
}

/** Keys that are left after parsing. */
function keysOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce((sum: number, each) => sum + keysOf(each), own);
}
