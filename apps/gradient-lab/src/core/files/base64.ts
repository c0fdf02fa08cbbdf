/** Bytes as base64. */
export function toBase64(bytes: Uint8Array): string {
  let text = "";
  const PIECE = 0x8000; // as many arguments as any engine takes
  for (let i = 0; i < bytes.length; i += PIECE) text += String.fromCharCode(...bytes.subarray(i, i + PIECE));
  return btoa(text);
}

/** The bytes again; undefined if the text is no base64. */
export function fromBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
