import type { Dtype } from "../dtype.ts";
import { quote, type Refusals } from "../errors.ts";
import { firstInvalidUtf8 } from "../utf8.ts";
import { LiteralCursor } from "./literal-cursor.ts";
import { dtypeOf, whyNot } from "./npy-dtypes.ts";

/** What every file begins with: \x93NUMPY. */
export const MAGIC: readonly number[] = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** Longest header that is read, as NumPy has it. */
const HEADER_LIMIT = 10_000;
const MOST_DIMENSIONS = 64;

export interface NpyHeader {
  readonly dtype: Dtype;
  readonly bigEndian: boolean;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the data begins. */
  readonly end: number;
}

/**
 * Reads the magic string, the version (1.0, 2.0 or 3.0), the length of the header and the header: a Python dictionary
 * of exactly `descr`, `fortran_order` and `shape`, padded with spaces and closed by a line feed.
 */
export function readNpyHeader(bytes: Uint8Array, refuse: Refusals): NpyHeader {
  if (MAGIC.some((byte, i) => bytes[i] !== byte))
    throw refuse.malformed("magic", "the file does not begin with \\x93NUMPY", 0);
  const [major, minor] = [bytes[6], bytes[7]];
  if (bytes.length < 8) throw tooShort(bytes, 8, refuse);
  if (!(major >= 1 && major <= 3 && minor === 0))
    throw refuse.unsupported("version", `version ${major}.${minor} of the format`, 6);
  const start = major === 1 ? 10 : 12;
  if (bytes.length < start) throw tooShort(bytes, start, refuse);
  const numbers = new DataView(bytes.buffer, bytes.byteOffset);
  const length = major === 1 ? numbers.getUint16(8, true) : numbers.getUint32(8, true);
  const end = start + length;
  if (end > bytes.length)
    throw refuse.malformed(
      "header-length",
      `the header has ${length} bytes, but ${bytes.length - start} follow`,
      8,
    );
  if (length > HEADER_LIMIT)
    throw refuse.unsupported("header-limit", `the header has ${length} bytes, above ${HEADER_LIMIT}`, 8);
  const invalid = major === 3 ? firstInvalidUtf8(bytes, start, end) : -1;
  if (invalid >= 0) throw refuse.malformed("utf-8", "the header is not UTF-8", invalid);
  if (length === 0 || bytes[end - 1] !== 0x0a)
    throw refuse.malformed("newline", "the header does not end with a line feed", Math.max(start, end - 1));
  return { ...readDictionary(bytes.subarray(0, end), start, refuse), end };
}

function tooShort(bytes: Uint8Array, expected: number, refuse: Refusals): Error {
  const problem = `the file has ${bytes.length} bytes, expected at least ${expected}`;
  return refuse.malformed("too-short", problem, bytes.length);
}

function readDictionary(bytes: Uint8Array, start: number, refuse: Refusals): Omit<NpyHeader, "end"> {
  const cursor = new LiteralCursor(bytes, start, refuse);
  const found: { descr?: ReturnType<typeof readDescr>; fortran_order?: boolean; shape?: number[] } = {};
  cursor.expect("{");
  while (cursor.next !== "}") {
    const offset = cursor.position;
    const key = cursor.string("a key");
    if (key in found)
      throw refuse.malformed("duplicate-key", `the header has the key ${quote(key)} twice`, offset);
    cursor.expect(":");
    if (key === "descr") found.descr = readDescr(cursor, refuse);
    else if (key === "fortran_order") found.fortran_order = cursor.boolean(key);
    else if (key === "shape") found.shape = readShape(cursor, refuse);
    else throw refuse.malformed("unknown-key", `the header has the unknown key ${quote(key)}`, offset);
    if (!cursor.take(",")) break;
  }
  cursor.expect("}");
  cursor.end();
  const { descr, fortran_order, shape } = found;
  if (descr === undefined || fortran_order === undefined || shape === undefined) {
    const missing = ["descr", "fortran_order", "shape"].filter((key) => !(key in found));
    throw refuse.malformed("missing-key", `the header has no ${missing.join(", no ")}`, start);
  }
  return { ...descr, fortranOrder: fortran_order, shape };
}

function readDescr(cursor: LiteralCursor, refuse: Refusals): { dtype: Dtype; bigEndian: boolean } {
  const offset = cursor.position;
  if (cursor.next === "[" || cursor.next === "(")
    throw refuse.unsupported("structured", "descr has fields: a structured array", offset);
  const text = cursor.string("descr");
  const known = dtypeOf(text);
  if (known) return known;
  const { rule, problem } = whyNot(text);
  throw refuse.unsupported(rule, `descr is ${quote(text)}: ${problem}`, offset);
}

/** A tuple of whole numbers: `()`, `(3,)`, `(3, 2)`, `(3, 2,)`. */
function readShape(cursor: LiteralCursor, refuse: Refusals): number[] {
  const shape: number[] = [];
  cursor.expect("(");
  while (cursor.next !== ")") {
    if (shape.length === MOST_DIMENSIONS)
      throw refuse.unsupported("rank", `shape has more than ${MOST_DIMENSIONS} dimensions`, cursor.position);
    shape.push(cursor.integer(`dimension ${shape.length} of shape`));
    if (!cursor.take(",")) {
      if (shape.length === 1) throw cursor.refusal('expected ",": shape is no tuple');
      break;
    }
  }
  cursor.expect(")");
  return shape;
}
