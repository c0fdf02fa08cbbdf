/** Whether the bytes of typed arrays on this machine stand as in files: the lowest first. */
export function isLittleEndian(): boolean {
  return new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
}

/** Turns the bytes of each item round, in place. */
export function swapBytes(bytes: Uint8Array, itemSize: number): void {
  for (let start = 0; start < bytes.length; start += itemSize)
    bytes.subarray(start, start + itemSize).reverse();
}
