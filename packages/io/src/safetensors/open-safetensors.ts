import { ValueError } from "@unroll/kernels";
import type { Dtype } from "../dtype.ts";
import { Refusals } from "../errors.ts";
import type { Tensor } from "../tensor.ts";
import { tensorOfBytes } from "../tensor-bytes.ts";
import { type ByteSource, readRange } from "./byte-source.ts";
import { dataStart, headerLimit, type ReadOptions, readFileHeader, tiled } from "./file-header.ts";

const WHERE = "openSafetensors";

/** Bytes that are read first: enough for most headers, so that a source on the network is asked once. */
const FIRST_READ = 16_384;

/** What a file says of a tensor, and where its data stands in the file. */
export interface TensorPlace {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly begin: number;
  /** One past the last byte. */
  readonly end: number;
}

/** A file whose header is read and checked. Tensors are read when asked for. */
export interface OpenSafetensors {
  readonly metadata: ReadonlyMap<string, string>;
  /** In the order of the header. */
  readonly places: ReadonlyMap<string, TensorPlace>;
  /** @throws ValueError if there is no tensor of that name, or the source gives another number of bytes */
  read(name: string): Promise<Tensor>;
}

/**
 * Reads the header of a safetensors file of any size, and then the tensors that are asked for, each with one read of
 * its range.
 * @throws what `readSafetensors` throws; what the source throws
 */
export async function openSafetensors(
  source: ByteSource,
  options: ReadOptions = {},
): Promise<OpenSafetensors> {
  const { size } = source;
  if (!Number.isSafeInteger(size) || size < 0)
    throw new ValueError(WHERE, "source.size", size, "a whole number of bytes");
  const limit = headerLimit(WHERE, options);
  const refuse = new Refusals(WHERE);
  const first = await readRange(WHERE, source, 0, Math.min(size, FIRST_READ));
  const start = dataStart(first, size, limit, refuse);
  const head = start <= first.length ? first.subarray(0, start) : await readRange(WHERE, source, 0, start);
  const { metadata, entries } = readFileHeader(head, refuse);
  tiled(entries, size - start, start, refuse);
  const places = placesOf(entries, start);
  return {
    metadata,
    places,
    async read(name) {
      const place = places.get(name);
      if (!place) throw new ValueError(WHERE, "name of a tensor", name, "one of the file's");
      const { dtype, shape, begin, end } = place;
      return tensorOfBytes(dtype, shape, await readRange(WHERE, source, begin, end));
    },
  };
}

/** Where the tensors stand, counted from the start of the file. */
export function placesOf(
  entries: readonly (TensorPlace & { readonly name: string })[],
  start: number,
): Map<string, TensorPlace> {
  return new Map(
    entries.map(({ name, dtype, shape, begin, end }): [string, TensorPlace] => [
      name,
      { dtype, shape, begin: start + begin, end: start + end },
    ]),
  );
}
