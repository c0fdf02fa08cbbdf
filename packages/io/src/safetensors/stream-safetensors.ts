import { StateError } from "@unroll/kernels";
import { Refusals } from "../errors.ts";
import type { Tensor } from "../tensor.ts";
import { tensorOfBytes } from "../tensor-bytes.ts";
import { ByteStream, type Bytes } from "./byte-stream.ts";
import {
  bytesLeft,
  dataStart,
  headerLimit,
  headerPastEnd,
  pastEnd,
  type ReadOptions,
  readFileHeader,
  tiled,
} from "./file-header.ts";
import { placesOf, type TensorPlace } from "./open-safetensors.ts";

const WHERE = "streamSafetensors";

/** A file whose header has come. Iterating gives the tensors in the order of their data, as they come. */
export interface SafetensorsStream extends AsyncIterable<[name: string, tensor: Tensor]> {
  readonly metadata: ReadonlyMap<string, string>;
  /** In the order of the header. */
  readonly places: ReadonlyMap<string, TensorPlace>;
  /** Ends the stream without reading the rest. Leaving the loop does it too. */
  cancel(): Promise<void>;
}

/**
 * Reads a safetensors file as it comes: no more of it is kept than one tensor. The header is checked before the first
 * tensor; that the file ends where the last tensor ends is known after the last one only.
 * @throws what `readSafetensors` throws, when the loop reaches it; what the stream throws; StateError if it is
 * iterated twice
 */
export async function streamSafetensors(bytes: Bytes, options: ReadOptions = {}): Promise<SafetensorsStream> {
  const limit = headerLimit(WHERE, options);
  const stream = new ByteStream(WHERE, bytes);
  try {
    return await opened(stream, limit);
  } catch (error) {
    await stream.cancel();
    throw error;
  }
}

async function opened(stream: ByteStream, limit: number): Promise<SafetensorsStream> {
  const refuse = new Refusals(WHERE);
  const first = await stream.take(8);
  const start = dataStart(first, undefined, limit, refuse);
  const rest = await stream.take(start - 8);
  if (rest.length < start - 8) throw headerPastEnd(start - 8, 8 + rest.length, refuse);
  const head = new Uint8Array(start);
  head.set(first);
  head.set(rest, 8);
  const { metadata, entries } = readFileHeader(head, refuse);
  const sorted = tiled(entries, undefined, start, refuse);
  let begun = false;

  async function* tensors(): AsyncGenerator<[string, Tensor], void, void> {
    if (begun) throw new StateError(WHERE, "the tensors of a stream come once");
    begun = true;
    try {
      for (const entry of sorted) {
        const { name, dtype, shape, begin, end } = entry;
        const data = await stream.take(end - begin);
        if (data.length < end - begin) throw pastEnd(entry, begin + data.length, refuse);
        yield [name, tensorOfBytes(dtype, shape, data)];
      }
      const end = start + (sorted.at(-1)?.end ?? 0);
      if ((await stream.take(1)).length > 0) throw bytesLeft("more", end, refuse);
    } finally {
      await stream.cancel();
    }
  }

  return {
    metadata,
    places: placesOf(entries, start),
    cancel: () => stream.cancel(),
    [Symbol.asyncIterator]: tensors,
  };
}
