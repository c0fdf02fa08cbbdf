import type { Refusals } from "../errors.ts";

const [SPACE, TAB, NEWLINE, RETURN] = [0x20, 0x09, 0x0a, 0x0d];

/**
 * Reads a Python literal whose form is known beforehand. The caller asks for what it expects, and anything else is
 * refused with its byte offset: nothing is evaluated, and nesting is as deep as the caller's own calls.
 */
export class LiteralCursor {
  readonly #bytes: Uint8Array;
  readonly #refuse: Refusals;
  #position: number;

  constructor(bytes: Uint8Array, start: number, refuse: Refusals) {
    this.#bytes = bytes;
    this.#position = start;
    this.#refuse = refuse;
  }

  /** Byte offset of what comes next. */
  get position(): number {
    while (isSpace(this.#bytes[this.#position])) this.#position++;
    return this.#position;
  }

  /** The character that comes next, or "" at the end. */
  get next(): string {
    const byte = this.#bytes[this.position];
    return byte === undefined ? "" : String.fromCharCode(byte);
  }

  /** Takes a mark if it comes next. */
  take(mark: string): boolean {
    if (this.next !== mark) return false;
    this.#position++;
    return true;
  }

  expect(mark: string): void {
    if (!this.take(mark)) throw this.refusal(`expected "${mark}"`);
  }

  /** A string in quotes of either kind. No value of a header needs a backslash. */
  string(what: string): string {
    const quote = this.next;
    if (quote !== "'" && quote !== '"') throw this.refusal(`expected a string for ${what}`);
    const start = ++this.#position;
    for (;;) {
      const byte = this.#bytes[this.#position];
      if (byte === undefined || byte === NEWLINE) throw this.refusal("a string does not end", start - 1);
      if (byte === 0x5c) throw this.refusal("a string has a backslash", this.#position);
      if (byte === quote.charCodeAt(0)) break;
      this.#position++;
    }
    return String.fromCharCode(...this.#bytes.subarray(start, this.#position++));
  }

  /** True or False. */
  boolean(what: string): boolean {
    for (const word of ["True", "False"]) {
      const start = this.position;
      const bytes = this.#bytes.subarray(start, start + word.length);
      if (String.fromCharCode(...bytes) !== word) continue;
      this.#position += word.length;
      return word === "True";
    }
    throw this.refusal(`expected True or False for ${what}`);
  }

  /** A whole number from 0 to 2^53 − 1. Python 2 wrote some with an L behind them. */
  integer(what: string): number {
    const start = this.position;
    let value = 0;
    for (; value <= Number.MAX_SAFE_INTEGER; this.#position++) {
      const digit = (this.#bytes[this.#position] ?? 0) - 0x30;
      if (!(digit >= 0 && digit <= 9)) break;
      value = value * 10 + digit;
    }
    const digits = this.#position - start;
    const leadingZero = digits > 1 && this.#bytes[start] === 0x30;
    if (digits === 0 || leadingZero || value > Number.MAX_SAFE_INTEGER)
      throw this.#refuse.malformed("number", `${what} is not a whole number from 0 to 2^53 - 1`, start);
    if (this.#bytes[this.#position] === 0x4c) this.#position++;
    return value;
  }

  /** Nothing but white space may follow. */
  end(): void {
    if (this.position < this.#bytes.length) throw this.refusal("expected nothing more");
  }

  refusal(problem: string, at: number = this.position): Error {
    const place = at < this.#bytes.length ? "" : ", but the header ends";
    return this.#refuse.malformed("literal", `the header is not a dictionary: ${problem}${place}`, at);
  }
}

function isSpace(byte: number | undefined): boolean {
  return byte === SPACE || byte === TAB || byte === NEWLINE || byte === RETURN;
}
