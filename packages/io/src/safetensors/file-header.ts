import { OptionError } from "@unroll/kernels";
import { quote, type Refusals } from "../errors.ts";
import { firstInvalidUtf8 } from "../utf8.ts";
import { type Entry, type Header, readHeader } from "./header.ts";

/** The bound that the format itself sets to the header. */
export const FORMAT_HEADER_LIMIT = 100_000_000;

const DEFAULT_HEADER_LIMIT = 10_000_000;

export interface ReadOptions {
  /** Longest header to accept. Default 10,000,000 bytes; the format allows 100,000,000. */
  readonly maxHeaderBytes?: number | undefined;
}

/** The longest header that the options let pass. @throws OptionError */
export function headerLimit(where: string, options: ReadOptions): number {
  for (const [name, value] of Object.entries(options))
    if (name !== "maxHeaderBytes")
      throw new OptionError(where, name, value, "no such option: maxHeaderBytes");
  const limit = options.maxHeaderBytes ?? DEFAULT_HEADER_LIMIT;
  if (!Number.isInteger(limit) || limit < 2 || limit > FORMAT_HEADER_LIMIT)
    throw new OptionError(where, "maxHeaderBytes", limit, `an integer from 2 to ${FORMAT_HEADER_LIMIT}`);
  return limit;
}

/**
 * Where the data begins, 8 + N, from the first bytes of a file. `size` is that of the whole file, if it is known:
 * a stream shows only its end.
 */
export function dataStart(
  start: Uint8Array,
  size: number | undefined,
  limit: number,
  refuse: Refusals,
): number {
  if (start.length < 8)
    throw refuse.malformed(
      "too-short",
      `the file has ${start.length} bytes, expected at least 8`,
      start.length,
    );
  const length = new DataView(start.buffer, start.byteOffset).getBigUint64(0, true);
  if (length > BigInt(FORMAT_HEADER_LIMIT))
    throw refuse.malformed("header-length", `the header has ${length} bytes, above the format's limit`, 0);
  if (size !== undefined && length > BigInt(size - 8)) throw headerPastEnd(length, size, refuse);
  if (length > BigInt(limit))
    throw refuse.unsupported(
      "header-limit",
      `the header has ${length} bytes, above maxHeaderBytes = ${limit}`,
      0,
    );
  return 8 + Number(length);
}

/** The header does not fit the file. */
export function headerPastEnd(length: bigint | number, size: number, refuse: Refusals): Error {
  return refuse.malformed("header-length", `the header has ${length} bytes, but ${size - 8} follow`, 0);
}

/** Reads the header out of the first 8 + N bytes of a file: metadata, and the tensors in the order of the header. */
export function readFileHeader(head: Uint8Array, refuse: Refusals): Header {
  const end = head.length;
  const invalid = firstInvalidUtf8(head, 8, end);
  if (invalid >= 0) throw refuse.malformed("utf-8", "the header is not UTF-8", invalid);
  if (head[8] === 0xef && head[9] === 0xbb && head[10] === 0xbf)
    throw refuse.malformed("byte-order-mark", "the header begins with a byte order mark", 8);
  if (end === 8 || head[8] !== 0x7b)
    throw refuse.malformed("header-start", 'the header does not begin with "{"', 8);
  return readHeader(head, 8, end, refuse);
}

/**
 * The tensors by their place. Each must begin where the one before it ends, and the last end with the data, if its
 * `size` is known.
 */
export function tiled(
  entries: readonly Entry[],
  size: number | undefined,
  start: number,
  refuse: Refusals,
): Entry[] {
  const sorted = [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end);
  let covered = 0;
  for (const entry of sorted) {
    const { name, begin, end, offset } = entry;
    const label = `the data of tensor ${quote(name)} begins at ${begin}`;
    if (begin < covered)
      throw refuse.malformed("overlap", `${label}, inside the tensor that ends at ${covered}`, offset);
    if (begin > covered) throw refuse.malformed("hole", `${label}, after a hole from ${covered} on`, offset);
    if (size !== undefined && end > size) throw pastEnd(entry, size, refuse);
    covered = end;
  }
  if (size !== undefined && covered < size) throw bytesLeft(size - covered, start + covered, refuse);
  return sorted;
}

/** A tensor ends after the data do. */
export function pastEnd({ name, end, offset }: Entry, size: number, refuse: Refusals): Error {
  return refuse.malformed(
    "past-end",
    `the data of tensor ${quote(name)} ends at ${end} of ${size} bytes`,
    offset,
  );
}

/** Bytes come after the last tensor. */
export function bytesLeft(count: number | string, offset: number, refuse: Refusals): Error {
  return refuse.malformed("bytes-left", `${count} bytes belong to no tensor`, offset);
}
