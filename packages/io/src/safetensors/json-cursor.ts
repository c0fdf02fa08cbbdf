import { quote, type Refusals } from "../errors.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const SPACE = 0x20;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;

const ESCAPES: Readonly<Record<string, string>> = /* @__PURE__ */ Object.freeze({
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
});

/**
 * Reads JSON (RFC 8259) whose form is known beforehand, from bytes that are known to be UTF-8.
 *
 * The caller asks for the value it expects, and anything else is refused with its byte offset: no value is made that
 * nobody asked for, and nesting is as deep as the caller's own calls. Keys of an object are compared after
 * unescaping, and a second one is refused. Numbers are plain non-negative integers up to 2^53 − 1.
 */
export class JsonCursor {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  readonly #refuse: Refusals;
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true }); // or it would drop U+FEFF in names
  #position: number;

  constructor(bytes: Uint8Array, start: number, end: number, refuse: Refusals) {
    this.#bytes = bytes;
    this.#position = start;
    this.#end = end;
    this.#refuse = refuse;
  }

  /** Byte offset of the value or mark that comes next. */
  get position(): number {
    this.#skipSpace();
    return this.#position;
  }

  /** Reads `{ … }`; `visit` must read the value of each key. */
  object(what: string, visit: (key: string, offset: number) => void): void {
    this.#expect(OPEN_OBJECT, what, "an object");
    const keys = new Set<string>();
    if (this.#take(CLOSE_OBJECT)) return;
    do {
      const offset = this.position;
      if (this.#peek() !== QUOTE) throw this.#syntax("expected a key in double quotes");
      const key = this.#string();
      if (keys.has(key))
        throw this.#refuse.malformed("duplicate-key", `${what} has the key ${quote(key)} twice`, offset);
      keys.add(key);
      if (!this.#take(COLON)) throw this.#syntax('expected ":"');
      visit(key, offset);
    } while (this.#take(COMMA));
    if (!this.#take(CLOSE_OBJECT)) throw this.#syntax('expected "," or "}"');
  }

  /** Reads `[ … ]`; `visit` must read each element. */
  array(what: string, visit: (index: number, offset: number) => void): void {
    this.#expect(OPEN_ARRAY, what, "an array");
    if (this.#take(CLOSE_ARRAY)) return;
    let index = 0;
    do visit(index++, this.position);
    while (this.#take(COMMA));
    if (!this.#take(CLOSE_ARRAY)) throw this.#syntax('expected "," or "]"');
  }

  string(what: string): string {
    if (this.#peek() !== QUOTE) throw this.#mistyped(what, "a string");
    return this.#string();
  }

  /** A non-negative integer up to 2^53 − 1 without sign, point, exponent or leading zero. */
  integer(what: string): number {
    const first = this.#peek();
    if (first !== MINUS && !isDigit(first)) throw this.#mistyped(what, "an integer");
    const start = this.#position;
    let value = 0;
    while (
      isDigit(this.#bytes[this.#position]) &&
      this.#position < this.#end &&
      value <= Number.MAX_SAFE_INTEGER
    )
      value = value * 10 + ((this.#bytes[this.#position++] as number) - ZERO);
    const leadingZero = first === ZERO && this.#position > start + 1;
    if (first === MINUS || leadingZero || value > Number.MAX_SAFE_INTEGER || this.#numberGoesOn())
      throw this.#refuse.malformed("number", `${what} is not a plain integer from 0 to 2^53 - 1`, start);
    return value;
  }

  /** Nothing but the byte 0x20 may follow. */
  padding(): void {
    while (this.#position < this.#end) {
      const byte = this.#bytes[this.#position] as number;
      if (byte !== SPACE)
        throw this.#refuse.malformed(
          "padding",
          `the header is padded with ${hex(byte)}, expected 0x20`,
          this.#position,
        );
      this.#position++;
    }
  }

  #numberGoesOn(): boolean {
    if (this.#position >= this.#end) return false;
    return ".eE+-0123456789".includes(String.fromCharCode(this.#bytes[this.#position] as number));
  }

  /** A string whose opening quote comes next. */
  #string(): string {
    let text = "";
    let start = ++this.#position;
    for (;;) {
      if (this.#position >= this.#end) throw this.#syntax("a string does not end");
      const byte = this.#bytes[this.#position] as number;
      if (byte < 0x20) throw this.#syntax(`a string has the control character ${hex(byte)}`);
      if (byte === QUOTE || byte === BACKSLASH) {
        text += this.#decoder.decode(this.#bytes.subarray(start, this.#position));
        if (byte === QUOTE) {
          this.#position++;
          return text;
        }
        text += this.#escape();
        start = this.#position;
      } else {
        this.#position++;
      }
    }
  }

  /** An escape whose backslash comes next: one character, or a pair of surrogates. */
  #escape(): string {
    const offset = this.#position;
    const letter = String.fromCharCode(this.#bytes[offset + 1] ?? 0);
    if (letter !== "u") {
      const character =
        offset + 1 < this.#end && Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined;
      if (character === undefined) throw this.#syntax("a string has an unknown escape");
      this.#position += 2;
      return character;
    }
    const unit = this.#hexUnit();
    if (unit < 0xd800 || unit > 0xdfff) return String.fromCharCode(unit);
    const another = this.#bytes[this.#position] === BACKSLASH && this.#bytes[this.#position + 1] === 0x75;
    const low = unit < 0xdc00 && another ? this.#hexUnit() : 0;
    if (low < 0xdc00 || low > 0xdfff)
      throw this.#refuse.malformed("surrogate", "a string has half a surrogate pair", offset);
    return String.fromCharCode(unit, low);
  }

  /** The number of an escape \uXXXX that comes next. */
  #hexUnit(): number {
    let unit = 0;
    for (let i = this.#position + 2; i < this.#position + 6; i++) {
      const digit =
        i < this.#end ? Number.parseInt(String.fromCharCode(this.#bytes[i] as number), 16) : Number.NaN;
      if (Number.isNaN(digit))
        throw this.#syntax("a string has an escape \\u without four hexadecimal digits");
      unit = unit * 16 + digit;
    }
    this.#position += 6;
    return unit;
  }

  /** The next byte that is not white space, or -1 at the end. */
  #peek(): number {
    this.#skipSpace();
    return this.#position < this.#end ? (this.#bytes[this.#position] as number) : -1;
  }

  #take(mark: number): boolean {
    if (this.#peek() !== mark) return false;
    this.#position++;
    return true;
  }

  #expect(mark: number, what: string, expected: string): void {
    if (!this.#take(mark)) throw this.#mistyped(what, expected);
  }

  #skipSpace(): void {
    while (this.#position < this.#end) {
      const byte = this.#bytes[this.#position];
      if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) return;
      this.#position++;
    }
  }

  #mistyped(what: string, expected: string): Error {
    const found = KINDS.get(this.#peek());
    if (found === undefined) return this.#syntax(`expected ${expected} for ${what}`);
    return this.#refuse.malformed("type", `${what} is ${found}, expected ${expected}`, this.#position);
  }

  #syntax(problem: string): Error {
    const at = this.#position < this.#end ? "" : ", but the header ends";
    return this.#refuse.malformed("json", `the header is not JSON: ${problem}${at}`, this.#position);
  }
}

/** What begins with a byte. Words (true, false, null) are not read further: they are refused anyway. */
const KINDS: ReadonlyMap<number, string> = /* @__PURE__ */ kindsOfValues();

function kindsOfValues(): Map<number, string> {
  return new Map([
    [OPEN_OBJECT, "an object"],
    [OPEN_ARRAY, "an array"],
    [QUOTE, "a string"],
    [0x74, "a word"],
    [0x66, "a word"],
    [0x6e, "a word"],
    [MINUS, "a number"],
    ...Array.from({ length: 10 }, (_, digit): [number, string] => [ZERO + digit, "a number"]),
  ]);
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}

function hex(byte: number): string {
  return `0x${byte.toString(16).padStart(2, "0")}`;
}
