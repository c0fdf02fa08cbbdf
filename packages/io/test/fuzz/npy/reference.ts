const TYPES: Record<string, [dtype: string, size: number]> = {
  f8: ["F64", 8],
  f4: ["F32", 4],
  f2: ["F16", 2],
  i8: ["I64", 8],
  i4: ["I32", 4],
  i2: ["I16", 2],
  i1: ["I8", 1],
  u8: ["U64", 8],
  u4: ["U32", 4],
  u2: ["U16", 2],
  u1: ["U8", 1],
  b1: ["BOOL", 1],
};

/** What a file says: the bytes of the elements are row-major and little-endian. */
export interface Contents {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: readonly number[];
}

/**
 * A second reader that shares nothing with ours: it cuts the header into tokens with one expression, holds their kinds
 * against a grammar written as another, and picks each element by its index. Returns undefined for a file that breaks
 * a rule or holds something other than numbers.
 */
export function referenceRead(bytes: Uint8Array): Contents | undefined {
  const file = Buffer.from(bytes);
  if (file.toString("latin1", 0, 6) !== "\x93NUMPY" || file.length < 10) return undefined;
  const [major, minor] = [file[6]!, file[7]];
  if (![1, 2, 3].includes(major) || minor !== 0) return undefined;
  const start = major === 1 ? 10 : 12;
  if (file.length < start) return undefined;
  const length = major === 1 ? file.readUInt16LE(8) : file.readUInt32LE(8);
  if (length > 10_000 || start + length > file.length) return undefined;
  const header = file.subarray(start, start + length);
  if (major === 3 && !Buffer.from(header.toString("utf8")).equals(header)) return undefined;
  const fields = parse(header.toString("latin1"));
  if (!fields) return undefined;
  const [, order, code] = /^([<>|])(..)$/s.exec(fields.descr) ?? [];
  const [dtype, size] = (code && Object.hasOwn(TYPES, code) && TYPES[code]) || [];
  if (!dtype || !size || (order === "|" && size > 1)) return undefined;
  const shape = fields.shape.map(Number);
  const elements = fields.shape.reduce((product, each) => product * each, 1n);
  if (shape.length > 64 || fields.shape.some((each) => each > 2n ** 53n - 1n)) return undefined;
  const data = file.subarray(start + length);
  if (elements * BigInt(size) !== BigInt(data.length)) return undefined;
  const result: number[] = [];
  for (let element = 0; element < Number(elements); element++) {
    const at = size * (fields.fortran ? fortranIndex(element, shape) : element);
    const item = [...data.subarray(at, at + size)];
    result.push(...(order === ">" ? item.reverse() : item));
  }
  return { dtype, shape, bytes: result };
}

function parse(text: string): { descr: string; fortran: boolean; shape: bigint[] } | undefined {
  const tokens: string[] = [];
  let kinds = "";
  const token = /[ \t\n\r]*(?:('[^'\\\n]*'|"[^"\\\n]*")|(True|False)|(0|[1-9]\d*)L?(?!\d)|([{}(),:])|$)/y;
  while (token.lastIndex < text.length) {
    const found = token.exec(text);
    if (!found) return undefined;
    const [, string, word, number, mark] = found;
    if (string ?? word ?? number ?? mark) tokens.push((string ?? word ?? number ?? mark)!);
    kinds += string ? "s" : word ? "w" : number ? "n" : (mark ?? "");
    if (!(string ?? word ?? number ?? mark)) break;
  }
  const value = String.raw`(?:s|w|\((?:|n,|n(?:,n)+,?)\))`;
  if (!new RegExp(String.raw`^\{s:${value}(?:,s:${value}){2},?\}$`).test(kinds)) return undefined;
  if (!text.endsWith("\n")) return undefined;
  // Keys stand before colons; what follows, up to the next key, is the value.
  const values = new Map<string, string[]>();
  const colons = tokens.flatMap((token, i) => (token === ":" ? [i] : []));
  for (const [i, colon] of colons.entries()) {
    const end = i + 1 < colons.length ? colons[i + 1]! - 1 : tokens.length - 1;
    values.set(tokens[colon - 1]!.slice(1, -1), tokens.slice(colon + 1, end));
  }
  const [descr, fortran, shape] = ["descr", "fortran_order", "shape"].map((key) => values.get(key) ?? []);
  if (values.size !== 3 || !/^['"]/.test(descr![0] ?? "")) return undefined;
  if (!/^[TF]/.test(fortran![0] ?? "") || shape![0] !== "(") return undefined;
  const sizes = shape!.filter((token) => /^\d/.test(token)).map(BigInt);
  return { descr: descr![0]!.slice(1, -1), fortran: fortran![0] === "True", shape: sizes };
}

/** Where element number `element` of the row-major order stands in Fortran order. */
function fortranIndex(element: number, shape: readonly number[]): number {
  const index: number[] = [];
  let rest = element;
  for (const size of shape.toReversed()) {
    index.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return index.reduceRight((sum, each, d) => sum * shape[d]! + each, 0);
}
