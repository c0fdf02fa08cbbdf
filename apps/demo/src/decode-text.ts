import { DataError } from "./errors.ts";

/**
 * Text in UTF-8, without a byte-order mark, its line ends LF.
 * @throws DataError with byte and line where it is none, or if it is empty
 */
export function decodeText(where: string, bytes: Uint8Array): string {
  const text = bytes.includes(0) ? undefined : decoded(bytes);
  if (text === undefined) {
    const offset = firstProblem(bytes);
    const shown = `0x${bytes[offset]!.toString(16).padStart(2, "0")}`;
    const line = bytes.subarray(0, offset).filter((byte) => byte === 0x0a).length + 1;
    throw new DataError(
      where,
      `byte ${offset}, in line ${line}, is ${shown}, expected text in UTF-8`,
      { offset, line, got: bytes[offset], expected: "UTF-8" },
      "Is it a file of another kind? A text in another encoding must be converted first.",
    );
  }
  if (text === "")
    throw new DataError(where, "is empty, expected text", { got: 0, expected: "at least one character" });
  return text.replaceAll("\r\n", "\n");
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Where the bytes stop being text: the first zero, or the first byte that decoding and encoding does not give back. */
function firstProblem(bytes: Uint8Array): number {
  const zero = bytes.indexOf(0);
  const again = new TextEncoder().encode(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
  let broken = 0;
  while (broken < bytes.length && bytes[broken] === again[broken]) broken++;
  return zero < 0 ? broken : Math.min(zero, broken);
}
