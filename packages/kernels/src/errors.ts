/** What went wrong, in one word that programs can test for. */
export type ErrorCode =
  | "shape"
  | "value"
  | "option"
  | "non-finite"
  | "format"
  | "unsupported"
  | "memory"
  | "state"
  | "worker";

const MARK: symbol = /* @__PURE__ */ Symbol.for("@unroll/error");

/**
 * The base of every error thrown by these packages.
 *
 * The message says what, where, got and expected, with the values; `code` and `details` say the same to programs.
 * `UnrollError.is` also recognizes errors of another copy of the package.
 */
export class UnrollError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = new.target.name;
    this.code = code;
    this.details = details;
    Object.defineProperty(this, MARK, { value: true });
  }

  static is(error: unknown): error is UnrollError {
    return typeof error === "object" && error !== null && MARK in error;
  }
}

/** A matrix or sequence has other dimensions than its place needs: `where: name is 4×3, expected 4×5`. */
export class ShapeError extends UnrollError {
  constructor(where: string, name: string, got: readonly number[], expected: readonly (number | string)[]) {
    super("shape", `${where}: ${name} is ${got.join("×")}, expected ${expected.join("×")}`, {
      where,
      name,
      got,
      expected,
    });
  }
}

/** A value in the data is not one the place can take: `where: name is got, expected expected`. */
export class ValueError extends UnrollError {
  constructor(where: string, name: string, got: unknown, expected: string) {
    super("value", `${where}: ${name} is ${show(got)}, expected ${expected}`, { where, name, got, expected });
  }
}

/** An option has a value that is not among the possible ones. */
export class OptionError extends UnrollError {
  constructor(where: string, name: string, got: unknown, expected: string) {
    super("option", `${where}: option ${name} is ${show(got)}, expected ${expected}`, {
      where,
      name,
      got,
      expected,
    });
  }
}

/** NaN or infinity where a finite number must stand. `details` names the places that are known. */
export class NonFiniteError extends UnrollError {
  constructor(where: string, name: string, value: number, details: Readonly<Record<string, unknown>> = {}) {
    const places = Object.entries(details).map(([key, place]) => `, ${key} ${String(place)}`);
    super("non-finite", `${where}: ${name} is ${value}${places.join("")}`, {
      where,
      name,
      value,
      ...details,
    });
  }
}

/** Bytes or text break the rules of their format, at a byte (or character) offset. */
export class FormatError extends UnrollError {
  constructor(
    where: string,
    problem: string,
    offset: number,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super("format", `${where}: ${problem} (at byte ${offset})`, { where, offset, ...details });
  }
}

/** The machine or the engine cannot give the memory that a plan asks for. */
export class MemoryError extends UnrollError {
  constructor(where: string, bytes: number, reason: string) {
    super("memory", `${where}: could not get ${bytes} bytes: ${reason}`, { where, bytes, reason });
  }
}

/** A call came before or after the time it is allowed. */
export class StateError extends UnrollError {
  constructor(where: string, problem: string) {
    super("state", `${where}: ${problem}`, { where });
  }
}

function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`;
  if (typeof value === "object" && value !== null) return value.constructor?.name ?? "an object";
  return String(value);
}
