import { ValueError } from "@unroll/kernels";
import { Refusals } from "../errors.ts";
import type { Tensor } from "../tensor.ts";
import { tensorOfBytes } from "../tensor-bytes.ts";
import { dataStart, headerLimit, type ReadOptions, readFileHeader, tiled } from "./file-header.ts";

const WHERE = "readSafetensors";

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
  const refuse = new Refusals(WHERE);
  const start = dataStart(bytes, bytes.length, headerLimit(WHERE, options), refuse);
  const { metadata, entries } = readFileHeader(bytes.subarray(0, start), refuse);
  tiled(entries, bytes.length - start, start, refuse);
  const tensors = new Map<string, Tensor>();
  for (const { name, dtype, shape, begin, end } of entries)
    tensors.set(name, tensorOfBytes(dtype, shape, bytes.subarray(start + begin, start + end)));
  return { metadata, tensors };
}
