import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { withText } from "./png-text.ts";

/** One black pixel. */
const PNG = Uint8Array.from(
  atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="),
  (letter) => letter.charCodeAt(0),
);

/** The CRC-32 of bytes stands in the last eight bytes of their gzip file. */
const crc = (bytes: Uint8Array): number => gzipSync(bytes).subarray(-8).readUInt32LE(0);

function chunksOf(png: Uint8Array): { type: string; content: Uint8Array; sound: boolean }[] {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const chunks = [];
  for (let at = 8; at < png.length; ) {
    const length = view.getUint32(at);
    const typed = png.subarray(at + 4, at + 8 + length);
    const sound = view.getUint32(at + 8 + length) === crc(typed);
    chunks.push({ type: new TextDecoder().decode(typed.subarray(0, 4)), content: typed.subarray(4), sound });
    at += length + 12;
  }
  return chunks;
}

it("puts texts of any letters behind the header of a PNG file", () => {
  const chunks = chunksOf(withText(PNG, { Title: "Map", Description: "‖∂h40/∂h1‖ = 0.043" }));
  expect(chunks.map(({ type, sound }) => [type, sound])).toEqual([
    ["IHDR", true],
    ["iTXt", true],
    ["iTXt", true],
    ["IDAT", true],
    ["IEND", true],
  ]);
  expect(new TextDecoder().decode(chunks[2].content)).toBe("Description\0\0\0\0\0‖∂h40/∂h1‖ = 0.043");
  expect(() => withText(new Uint8Array(100), {})).toThrow("no PNG file");
});
