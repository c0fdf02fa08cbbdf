/** No byte of deflated data makes more than this many (RFC 1951: 258 bytes for 2 bits). */
const LARGEST_RATIO = 1032;

/**
 * Inflates raw deflate data (RFC 1951) that must give exactly `size` bytes and end with its last byte. Undefined if it
 * does not. It stops as soon as there are more, so what a bomb can make is bounded.
 *
 * The host's DecompressionStream does the work. The standard wants bytes after the end refused, but some hosts (Node
 * 20) let them pass: there, data that is whole without its last byte is refused here.
 */
export async function inflate(compressed: Uint8Array, size: number): Promise<Uint8Array | undefined> {
  const bytes = new Uint8Array(size);
  let at = 0;
  const whole = await inflates(compressed, size, (piece) => {
    bytes.set(piece, at);
    at += piece.length;
  });
  if (!whole || at < size) return undefined;
  const lenientHost = await inflates(Uint8Array.of(3, 0, 0), 0); // no bytes, deflated, and a byte behind
  return lenientHost && (await inflates(compressed.subarray(0, -1), size)) ? undefined : bytes;
}

/** Whether data is whole and gives no more than `size` bytes. */
async function inflates(
  compressed: Uint8Array,
  size: number,
  take: (piece: Uint8Array) => void = () => {},
): Promise<boolean> {
  const { readable, writable } = new DecompressionStream("deflate-raw");
  const reader = readable.getReader();
  const writer = writable.getWriter();
  let got = 0;
  // Rejections of the writing side are those of the reading side.
  const ignore = (): void => {};
  writer.closed.catch(ignore);

  /** Some hosts inflate a whole piece at once: pieces are small enough that even a bomb gives little too much. */
  async function write(): Promise<void> {
    for (let from = 0; from < compressed.length; ) {
      const to = from + Math.floor((size - got + compressed.length + 2 ** 20) / LARGEST_RATIO);
      await writer.ready;
      await writer.write(compressed.slice(from, to));
      from = to;
    }
    await writer.close();
  }
  write().catch(ignore);

  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return true;
      got += value.length;
      if (got > size) return false;
      take(value);
    }
  } catch {
    return false; // not deflate data, or cut short
  } finally {
    reader.cancel().catch(ignore);
    writer.abort().catch(ignore);
  }
}
