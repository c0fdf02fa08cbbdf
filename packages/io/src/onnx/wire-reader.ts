import { quote, type Refusals } from "../errors.ts";
import { firstInvalidUtf8 } from "../utf8.ts";

/** What a field of a message holds. Numbers of a repeated field may stand packed in one run of bytes. */
export type Kind = "int" | "float" | "double" | "string" | "bytes" | "message";

export interface Field {
  readonly name: string;
  readonly kind: Kind;
  readonly repeated?: boolean;
}

/** The fields of a message by number. */
export interface Schema {
  readonly name: string;
  readonly fields: Readonly<Record<number, Field>>;
}

/** Bytes `start` to `end` of the file. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Protobuf's wire types. 3 and 4 are groups, 6 and 7 nothing. */
const VARINT = 0;
const BYTES = 2;
const START_GROUP = 3;
const WIRES: Readonly<Record<Kind, number>> = {
  int: VARINT,
  double: 1,
  string: BYTES,
  bytes: BYTES,
  message: BYTES,
  float: 5,
};

/**
 * Reads protobuf messages whose fields are known beforehand.
 *
 * `message` hands over one field after the other; the visitor reads its value or leaves it. Every length and number is
 * checked against the message it stands in, so nothing is read from outside. Nesting is as deep as the caller's calls.
 */
export class WireReader {
  readonly bytes: Uint8Array;
  readonly refuse: Refusals;
  readonly #view: DataView;
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true }); // or it would drop U+FEFF in names
  #position = 0;
  #end = 0;
  /** The two halves of the last varint. */
  #low = 0;
  #high = 0;
  /** Of the field at hand. */
  #what = "";
  #wire = 0;

  constructor(bytes: Uint8Array, refuse: Refusals) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.refuse = refuse;
  }

  /** Hands over the fields of a message: name, and where in the file the field begins. */
  message({ start, end }: Span, schema: Schema, visit: (name: string, offset: number) => void): void {
    const outerEnd = this.#end;
    let seen = 0;
    for (let position = start; position < end; position = this.#position) {
      this.#position = position;
      this.#end = end;
      const number = this.#tag();
      const field = schema.fields[number];
      if (!field)
        throw this.refuse.unsupported(
          "unknown-field",
          `${schema.name} has a field ${number}, which is not known here`,
          position,
        );
      this.#what = `${field.name} of ${schema.name}`;
      this.#checkWire(field, position);
      // All field numbers of ONNX are below 32.
      if (!field.repeated && seen & (1 << number))
        throw this.refuse.unsupported("repeated-field", `${this.#what} stands there twice`, position);
      seen |= 1 << number;
      const value = this.#position;
      visit(field.name, position);
      if (this.#position === value) this.#skip(field.kind);
    }
    this.#end = outerEnd;
    this.#position = end;
  }

  /** A number of 64 bits with its sign. Beyond ±2^53 it is rounded. */
  integer(): number {
    this.#varint();
    return (this.#high | 0) * 0x1_0000_0000 + this.#low;
  }

  /** Appends one number, or all of a packed run, and refuses more than `limit`. */
  integers(to: number[], limit: number): void {
    this.#repeated(to, limit, VARINT, () => this.integer());
  }

  float(): number {
    const at = this.#take(4);
    return this.#view.getFloat32(at, true);
  }

  /** As `integers`. */
  floats(to: number[], limit: number): void {
    this.#repeated(to, limit, WIRES.float, () => this.float());
  }

  /** The bytes of a field of kind bytes or message, or of packed numbers. */
  span(): Span {
    if (this.#wire !== BYTES)
      throw this.refuse.unsupported("unpacked", `${this.#what} holds numbers one by one`, this.#position);
    const length = this.#length();
    const start = this.#take(length);
    return { start, end: start + length };
  }

  string(): string {
    const { start, end } = this.span();
    const invalid = firstInvalidUtf8(this.bytes, start, end);
    if (invalid >= 0) throw this.refuse.malformed("utf-8", `${this.#what} is not UTF-8`, invalid);
    return this.#decoder.decode(this.bytes.subarray(start, end));
  }

  #skip(kind: Kind): void {
    if (kind === "string") this.string();
    else if (this.#wire === BYTES) this.span();
    else if (this.#wire === VARINT) this.#varint();
    else this.#take(this.#wire === WIRES.double ? 8 : 4);
  }

  /** Reads a tag: field number · 8 + wire type. */
  #tag(): number {
    const offset = this.#position;
    this.#varint();
    const number = this.#low >>> 3;
    if (this.#high !== 0 || number === 0) {
      const problem = this.#high === 0 ? "a field has the number 0" : "a field number is above 2^29 - 1";
      throw this.refuse.malformed("field-number", problem, offset);
    }
    this.#wire = this.#low & 7;
    return number;
  }

  #checkWire({ kind, repeated }: Field, offset: number): void {
    const wire = this.#wire;
    const packed = repeated && wire === BYTES;
    if (wire === WIRES[kind] || packed) return;
    if (wire === START_GROUP) throw this.refuse.unsupported("group", `${this.#what} is a group`, offset);
    throw this.refuse.malformed(
      "wire-type",
      `${this.#what} has the wire type ${wire}, expected ${WIRES[kind]}`,
      offset,
    );
  }

  #repeated(to: number[], limit: number, wire: number, read: () => number): void {
    const offset = this.#position;
    if (this.#wire === wire) to.push(read());
    else {
      const { start, end } = this.span();
      const outerEnd = this.#end;
      this.#position = start;
      this.#end = end;
      while (this.#position < end && to.length <= limit) to.push(read());
      this.#position = end;
      this.#end = outerEnd;
    }
    if (to.length > limit)
      throw this.refuse.unsupported("limit", `${this.#what} has more than ${limit} numbers`, offset);
  }

  /** Reads up to ten bytes of seven bits, the lowest first. */
  #varint(): void {
    const offset = this.#position;
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.bytes[this.#take(1)];
      const bits = byte & 0x7f;
      if (shift < 32) low |= bits << shift;
      if (shift === 28) high = bits >>> 4;
      else if (shift > 28) high |= bits << (shift - 32);
      if (byte < 0x80) {
        if (shift === 63 && bits > 1)
          throw this.refuse.malformed("varint", "a number has more than 64 bits", offset);
        this.#low = low >>> 0;
        this.#high = high >>> 0;
        return;
      }
    }
    throw this.refuse.malformed("varint", "a number has more than ten bytes", offset);
  }

  #length(): number {
    const offset = this.#position;
    this.#varint();
    const left = this.#end - this.#position;
    const length = this.#high * 0x1_0000_0000 + this.#low;
    if (length > left)
      throw this.refuse.malformed(
        "length",
        `${this.#what} has ${length} bytes, but ${left} are left of the message`,
        offset,
      );
    return length;
  }

  /** Moves on by so many bytes and returns where they begin. */
  #take(count: number): number {
    const at = this.#position;
    if (at + count > this.#end) {
      const problem = `the message ends inside ${this.#what === "" ? "a field" : quote(this.#what)}`;
      throw this.refuse.malformed("truncated", problem, at);
    }
    this.#position = at + count;
    return at;
  }
}
