/**
 * Puts texts into a PNG file, as its "Title" or "Description": after the header, as iTXt, which holds any letters. The
 * picture stays as it is.
 * Source: PNG Specification (Third Edition), 11.3.3.4.
 * @throws RangeError if the bytes are no PNG file
 */
export function withText(png: Uint8Array, texts: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  if (SIGNATURE.some((byte, i) => png[i] !== byte))
    throw new RangeError("withText: these bytes are no PNG file");
  const chunks = Object.entries(texts).map(([keyword, text]) => textChunk(keyword, text));
  const after = SIGNATURE.length + HEADER;
  const size = chunks.reduce((sum, chunk) => sum + chunk.length, png.length);
  const file = new Uint8Array(size);
  file.set(png.subarray(0, after));
  let at = after;
  for (const chunk of chunks) {
    file.set(chunk, at);
    at += chunk.length;
  }
  file.set(png.subarray(after), at);
  return file;
}

const SIGNATURE: readonly number[] = [137, 80, 78, 71, 13, 10, 26, 10];
/** IHDR: length, type, 13 bytes, CRC. */
const HEADER = 25;

/** Length, "iTXt", keyword and its end, uncompressed, no language, no translated keyword, the text, CRC. */
function textChunk(keyword: string, text: string): Uint8Array {
  const content = new TextEncoder().encode(`iTXt${keyword}\0\0\0\0\0${text}`);
  const chunk = new Uint8Array(content.length + 8);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, content.length - 4);
  chunk.set(content, 4);
  view.setUint32(content.length + 4, crc(content));
  return chunk;
}

/** CRC-32 as PNG has it: the polynomial 0xedb88320, bits reversed. */
function crc(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return ~value >>> 0;
}
