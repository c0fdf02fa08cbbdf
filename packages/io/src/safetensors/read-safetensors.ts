import { OptionError, ValueError } from "@unroll/kernels";
import { isLittleEndian, swapBytes } from "../byte-order.ts";
import { DTYPES, type DtypeFacts } from "../dtype.ts";
import { quote, Refusals } from "../errors.ts";
import type { Tensor } from "../tensor.ts";
import { firstInvalidUtf8 } from "../utf8.ts";
import { type Entry, readHeader } from "./header.ts";

/** The bound that the format itself sets to the header. */
export const FORMAT_HEADER_LIMIT = 100_000_000;

const WHERE = "readSafetensors";
const DEFAULT_HEADER_LIMIT = 10_000_000;

export interface ReadOptions {
  /** Longest header to accept. Default 10,000,000 bytes; the format allows 100,000,000. */
  readonly maxHeaderBytes?: number | undefined;
}

export interface SafetensorsFile {
  readonly metadata: Map<string, string>;
  /** In the order of the header. */
  readonly tensors: Map<string, Tensor>;
}

/**
 * Reads a safetensors file: u64 little-endian N, a JSON header of N bytes, the data of the tensors without gaps.
 *
 * Tensors share the memory of `bytes` where their data is aligned for their type, and are copies where it is not. The
 * whole header is checked before anything is made of the data. `details.rule` of an error names the rule in one word.
 *
 * @throws FormatError (code "format") if the bytes break a rule; UnsupportedError (code "unsupported") for unknown
 * element types or keys and for headers above `maxHeaderBytes`; both with the byte offset; ValueError, OptionError
 */
export function readSafetensors(bytes: Uint8Array, options: ReadOptions = {}): SafetensorsFile {
  if (!(bytes instanceof Uint8Array)) throw new ValueError(WHERE, "bytes", bytes, "a Uint8Array");
  for (const [name, value] of Object.entries(options))
    if (name !== "maxHeaderBytes")
      throw new OptionError(WHERE, name, value, "no such option: maxHeaderBytes");
  const limit = options.maxHeaderBytes ?? DEFAULT_HEADER_LIMIT;
  if (!Number.isInteger(limit) || limit < 2 || limit > FORMAT_HEADER_LIMIT)
    throw new OptionError(WHERE, "maxHeaderBytes", limit, `an integer from 2 to ${FORMAT_HEADER_LIMIT}`);

  const refuse = new Refusals(WHERE);
  const dataStart = 8 + headerLength(bytes, limit, refuse);
  checkText(bytes, 8, dataStart, refuse);
  const { metadata, entries } = readHeader(bytes, 8, dataStart, refuse);
  checkTiling(entries, bytes.length - dataStart, dataStart, refuse);

  const tensors = new Map<string, Tensor>();
  for (const entry of entries) tensors.set(entry.name, view(bytes, dataStart, entry));
  return { metadata, tensors };
}

function headerLength(bytes: Uint8Array, limit: number, refuse: Refusals): number {
  if (bytes.length < 8)
    throw refuse.malformed(
      "too-short",
      `the file has ${bytes.length} bytes, expected at least 8`,
      bytes.length,
    );
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > BigInt(FORMAT_HEADER_LIMIT))
    throw refuse.malformed("header-length", `the header has ${length} bytes, above the format's limit`, 0);
  if (length > BigInt(bytes.length - 8))
    throw refuse.malformed(
      "header-length",
      `the header has ${length} bytes, but ${bytes.length - 8} follow`,
      0,
    );
  if (length > BigInt(limit))
    throw refuse.unsupported(
      "header-limit",
      `the header has ${length} bytes, above maxHeaderBytes = ${limit}`,
      0,
    );
  return Number(length);
}

function checkText(bytes: Uint8Array, start: number, end: number, refuse: Refusals): void {
  const invalid = firstInvalidUtf8(bytes, start, end);
  if (invalid >= 0) throw refuse.malformed("utf-8", "the header is not UTF-8", invalid);
  if (bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf)
    throw refuse.malformed("byte-order-mark", "the header begins with a byte order mark", start);
  if (start === end || bytes[start] !== 0x7b)
    throw refuse.malformed("header-start", 'the header does not begin with "{"', start);
}

/** Sorted by place, each tensor must begin where the one before it ends, and the last end with the file. */
function checkTiling(entries: readonly Entry[], size: number, dataStart: number, refuse: Refusals): void {
  const sorted = [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end);
  let covered = 0;
  for (const { name, begin, end, offset } of sorted) {
    const label = `the data of tensor ${quote(name)} begins at ${begin}`;
    if (begin < covered)
      throw refuse.malformed("overlap", `${label}, inside the tensor that ends at ${covered}`, offset);
    if (begin > covered) throw refuse.malformed("hole", `${label}, after a hole from ${covered} on`, offset);
    if (end > size)
      throw refuse.malformed(
        "past-end",
        `the data of tensor ${quote(name)} ends at ${end} of ${size} bytes`,
        offset,
      );
    covered = end;
  }
  if (covered < size)
    throw refuse.malformed("bytes-left", `${size - covered} bytes belong to no tensor`, dataStart + covered);
}

function view(bytes: Uint8Array, dataStart: number, entry: Entry): Tensor {
  const { dtype, shape, begin, end } = entry;
  const { itemSize, array } = DTYPES.get(dtype) as DtypeFacts;
  let buffer = bytes.buffer;
  let offset = bytes.byteOffset + dataStart + begin;
  const foreignOrder = itemSize > 1 && !isLittleEndian();
  if (offset % itemSize !== 0 || foreignOrder) {
    const copy = new Uint8Array(bytes.subarray(dataStart + begin, dataStart + end));
    if (foreignOrder) swapBytes(copy, itemSize);
    buffer = copy.buffer;
    offset = 0;
  }
  return { dtype, shape, data: new array(buffer, offset, (end - begin) / itemSize) } as Tensor;
}
