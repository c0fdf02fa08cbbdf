/** The bytes of a message in pieces, so that numbers of a model are copied only once, into the file. */
export class WireWriter {
  readonly #pieces: Uint8Array[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** An integer from −2^53 to 2^53; a negative one as two's complement of 64 bits. */
  integer(field: number, value: number): this {
    return this.#push(varint(BigInt(field * 8))).#push(varint(BigInt.asUintN(64, BigInt(value))));
  }

  float(field: number, value: number): this {
    const bytes = new Uint8Array(5);
    bytes[0] = field * 8 + 5;
    new DataView(bytes.buffer).setFloat32(1, value, true);
    return this.#push(bytes);
  }

  string(field: number, text: string): this {
    return this.bytes(field, new TextEncoder().encode(text));
  }

  bytes(field: number, bytes: Uint8Array): this {
    return this.#push(varint(BigInt(field * 8 + 2)))
      .#push(varint(BigInt(bytes.length)))
      .#push(bytes);
  }

  message(field: number, message: WireWriter): this {
    return this.#push(varint(BigInt(field * 8 + 2)))
      .#push(varint(BigInt(message.#size)))
      .append(message);
  }

  /** The fields of another message, as if they were written here. */
  append(fields: WireWriter): this {
    for (const piece of fields.#pieces) this.#push(piece);
    return this;
  }

  /** All of it, one piece behind the other. */
  into(bytes: Uint8Array): Uint8Array {
    let offset = 0;
    for (const piece of this.#pieces) {
      bytes.set(piece, offset);
      offset += piece.length;
    }
    return bytes;
  }

  #push(piece: Uint8Array): this {
    this.#pieces.push(piece);
    this.#size += piece.length;
    return this;
  }
}

/** Seven bits a byte, the lowest first. */
function varint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
