import { FormatError, UnrollError } from "@unroll/kernels";

/**
 * Bytes that may well follow the rules of their format, but ask for a part of it that this package does not read.
 * Bytes that break the rules are a `FormatError`. Where tensors are looked at rather than bytes there is no offset.
 */
export class UnsupportedError extends UnrollError {
  constructor(
    where: string,
    problem: string,
    offset?: number | undefined,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    const place = offset === undefined ? "" : ` (at byte ${offset})`;
    super("unsupported", `${where}: ${problem}${place}`, {
      where,
      ...(offset !== undefined && { offset }),
      ...details,
    });
  }
}

/** What the errors of one reader have in common: its name, and the rule in one word. */
export class Refusals {
  readonly where: string;
  readonly #inside: string;
  readonly #place: (offset: number) => number;

  /** `inside` and `place`: for bytes that stand within others, what to call them and where in those an offset is. */
  constructor(where: string, inside: string = "", place: (offset: number) => number = (offset) => offset) {
    this.where = where;
    this.#inside = inside;
    this.#place = place;
  }

  malformed(rule: string, problem: string, offset: number): FormatError {
    return new FormatError(this.where, this.#inside + problem, this.#place(offset), { rule });
  }

  unsupported(rule: string, problem: string, offset: number): UnsupportedError {
    return new UnsupportedError(this.where, this.#inside + problem, this.#place(offset), { rule });
  }
}

/** A string of a file for a message: in quotes, and never longer than a line. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
