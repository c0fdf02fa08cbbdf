/** What a file is, as its first bytes tell. */
export type Kind = "safetensors" | "npy" | "npz" | "onnx" | "module";

/** So many bytes tell it. */
export const START = 64;

/** How the standalone modules of `export` begin. */
const MODULE = "// A trained recurrent network";

/** The kind of a file that begins like this and has so many bytes, or undefined if it is none that is known. */
export function kindOf(start: Uint8Array, size: number): Kind | undefined {
  const text = String.fromCharCode(...start.subarray(0, START));
  if (text.startsWith("\x93NUMPY")) return "npy";
  if (text.startsWith("PK\x03\x04") || text.startsWith("PK\x05\x06")) return "npz";
  if (text.startsWith(MODULE)) return "module";
  // The length of a header that fits in, then "{".
  if (text[8] === "{" && size >= 9) {
    const length = new DataView(start.buffer, start.byteOffset).getBigUint64(0, true);
    if (length <= BigInt(size - 8)) return "safetensors";
  }
  // The version of the format, the first field of every ONNX file: 3 to 13 so far.
  if (start[0] === 8 && start[1]! >= 3 && start[1]! <= 32) return "onnx";
  return undefined;
}
