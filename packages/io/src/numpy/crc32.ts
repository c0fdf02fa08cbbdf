/** CRC-32 as ZIP has it (ISO-HDLC): reflected polynomial 0xEDB88320, start and final complement all ones. */
export function crc32(bytes: Uint8Array): number {
  const table = remainders();
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++)
    crc = (table[(crc ^ (bytes[i] as number)) & 0xff] as number) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** Of each byte: eight steps of the division, once for a whole array. */
function remainders(): Uint32Array {
  const table = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    table[byte] = crc;
  }
  return table;
}
