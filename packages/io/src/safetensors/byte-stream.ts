import { ValueError } from "@unroll/kernels";

/** Pieces of bytes one after the other: `response.body`, `blob.stream()`, a Node stream, a generator. */
export type Bytes = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** Takes given numbers of bytes from pieces of any size. */
export class ByteStream {
  readonly #where: string;
  readonly #pieces: AsyncIterator<Uint8Array, unknown>;
  #rest: Uint8Array = new Uint8Array(0);

  /** @throws ValueError if it is no stream of bytes */
  constructor(where: string, bytes: Bytes) {
    this.#where = where;
    this.#pieces = piecesOf(where, bytes);
  }

  /**
   * The next `count` bytes, or all that are left. Nothing is made for bytes that have not come; what is in one piece
   * is not copied.
   */
  async take(count: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let got = 0;
    while (got < count) {
      const piece = this.#rest.length > 0 ? this.#rest : await this.#next();
      if (!piece) break;
      const part = piece.subarray(0, count - got);
      this.#rest = piece.subarray(part.length);
      got += part.length;
      parts.push(part);
    }
    return parts.length === 1 ? parts[0] : joined(parts, got);
  }

  /** Tells the source that no more is wanted. */
  async cancel(): Promise<void> {
    await this.#pieces.return?.();
  }

  /** The next piece that is not empty. */
  async #next(): Promise<Uint8Array | undefined> {
    for (;;) {
      const { done, value } = await this.#pieces.next();
      if (done) return undefined;
      if (!(value instanceof Uint8Array)) throw new ValueError(this.#where, "a piece", value, "a Uint8Array");
      if (value.length > 0) return value;
    }
  }
}

function piecesOf(where: string, bytes: Bytes): AsyncIterator<Uint8Array, unknown> {
  // Not every browser lets a ReadableStream be iterated.
  if ("getReader" in bytes) {
    const reader = bytes.getReader();
    return {
      next: () => reader.read() as Promise<IteratorResult<Uint8Array>>,
      async return() {
        await reader.cancel();
        return { done: true, value: undefined };
      },
    };
  }
  if (typeof bytes?.[Symbol.asyncIterator] !== "function")
    throw new ValueError(where, "bytes", bytes, "a ReadableStream or an async iterable of Uint8Array");
  return bytes[Symbol.asyncIterator]();
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
