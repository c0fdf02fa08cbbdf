import { UnrollError } from "@unroll/kernels";

/** What the process says when it ends. */
export const EXIT = {
  ok: 0,
  error: 1,
  usage: 2,
  data: 3,
  diverged: 4,
  interrupted: 130,
} as const;

export type Outcome = Exclude<keyof typeof EXIT, "ok">;

/** A failure that the user can understand: what, where, got and expected, and what to do about it. */
export class ProgramError extends Error {
  readonly code: Outcome;
  readonly details: Readonly<Record<string, unknown>>;
  readonly advice: string | undefined;

  constructor(code: Outcome, message: string, details: Readonly<Record<string, unknown>>, advice?: string) {
    super(message);
    this.name = new.target.name;
    this.code = code;
    this.details = details;
    this.advice = advice;
  }
}

/** A command line that asks for something impossible. */
export class UsageError extends ProgramError {
  constructor(message: string, details: Readonly<Record<string, unknown>>, advice?: string) {
    super("usage", message, details, advice);
  }
}

/** A file that cannot be read, or holds something else than it should: `name: problem`. */
export class DataError extends ProgramError {
  constructor(
    name: string,
    problem: string,
    details: Readonly<Record<string, unknown>> = {},
    advice?: string,
  ) {
    super("data", `${name}: ${problem}`, { name, ...details }, advice);
  }
}

/** A file that cannot be written. */
export class WriteError extends ProgramError {
  constructor(path: string, problem: string) {
    super("error", `${path} cannot be written: ${problem}`, { path });
  }
}

/** The run was interrupted and is saved; its reporter has said so. */
export class Interrupted extends ProgramError {
  constructor(path: string) {
    super("interrupted", `interrupted; saved: ${path}`, { path });
  }
}

/** How the process ends for an error of the packages, by its code. */
const OUTCOME_OF_CODE: Readonly<Record<string, Outcome>> = {
  option: "usage",
  format: "data",
  unsupported: "data",
  value: "data",
  shape: "data",
  "non-finite": "diverged",
};

/** Any error as one of ours. A mistake of the program itself keeps its stack. */
export function explain(error: unknown): ProgramError {
  if (error instanceof ProgramError) return error;
  if (UnrollError.is(error))
    return new ProgramError(OUTCOME_OF_CODE[error.code] ?? "error", error.message, error.details);
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new ProgramError("error", text, {});
}

/** What the system says about a file, in words. */
export function fileProblem(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code && PROBLEMS[code]) || message || String(error);
}

const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EISDIR: "it is a folder, expected a file",
  ENOTDIR: "part of its path is a file, expected a folder",
  EACCES: "the permission is missing",
  EPERM: "the system does not permit it",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the quota of the disk is used up",
  EFBIG: "the file would be larger than the system permits",
  ELOOP: "its links go round in a circle",
  ENAMETOOLONG: "the name is too long",
};
