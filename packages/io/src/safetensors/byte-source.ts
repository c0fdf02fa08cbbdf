import { ValueError } from "@unroll/kernels";

/** Bytes of which any range can be had: a Blob, a file handle, a server that answers range requests. */
export interface ByteSource {
  /** Number of all bytes. */
  readonly size: number;
  /** The bytes from `begin` up to `end`, exactly. */
  read(begin: number, end: number): Promise<Uint8Array>;
}

/** A Blob or File as a source: only the ranges that are asked for are read. */
export function blobSource(blob: Blob): ByteSource {
  return {
    size: blob.size,
    read: async (begin, end) => new Uint8Array(await blob.slice(begin, end).arrayBuffer()),
  };
}

/** A range of a source. @throws ValueError if it gives another number of bytes */
export async function readRange(
  where: string,
  source: ByteSource,
  begin: number,
  end: number,
): Promise<Uint8Array> {
  const bytes = await source.read(begin, end);
  if (!(bytes instanceof Uint8Array) || bytes.length !== end - begin) {
    const got = bytes instanceof Uint8Array ? bytes.length : bytes;
    throw new ValueError(where, `what source.read(${begin}, ${end}) gave`, got, `${end - begin} bytes`);
  }
  return bytes;
}
