const WIDTH = 108;

/** Bytes as base64 in lines. */
export function base64Lines(bytes: Uint8Array): string[] {
  const lines: string[] = [];
  const step = (WIDTH / 4) * 3;
  for (let at = 0; at < bytes.length; at += step)
    lines.push(btoa(String.fromCharCode(...bytes.subarray(at, at + step))));
  return lines;
}
