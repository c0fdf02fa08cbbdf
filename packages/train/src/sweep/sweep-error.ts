import { UnrollError } from "@unroll/kernels";

/** Messages of the failed runs that the error's own message repeats; `details` has all. */
const SHOWN = 10;

/** Runs without a result: `failed` threw or lost their thread, by name with the message; `missing` have no file yet. */
export class SweepError extends UnrollError {
  declare readonly details: {
    readonly where: string;
    readonly failed: readonly { readonly name: string; readonly message: string }[];
    readonly missing: readonly string[];
  };

  constructor(where: string, runs: number, { failed, missing }: Omit<SweepError["details"], "where">) {
    const lines = [
      ...failed.map(({ name, message }) => `${name} failed: ${message}`),
      ...missing.map((name) => `${name} is missing`),
    ];
    const more = lines.length > SHOWN ? [`and ${lines.length - SHOWN} more`] : [];
    const text = [...lines.slice(0, SHOWN), ...more].join("; ");
    super("state", `${where}: ${lines.length} of ${runs} runs have no result: ${text}`, {
      where,
      failed,
      missing,
    });
  }
}
