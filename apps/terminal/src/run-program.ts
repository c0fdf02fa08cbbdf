import { type Command, CommanderError } from "commander";
import { EXIT, explain, type ProgramError } from "./errors.ts";
import { colorsFor, type Surroundings } from "./streams.ts";

/**
 * Runs a command line and returns the exit code. Never throws: what goes wrong is written to stderr and, with `--json`,
 * as an object to stdout.
 */
export async function runProgram(
  program: Command,
  args: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  try {
    await program.parseAsync([...args], { from: "user" });
    return EXIT.ok;
  } catch (error) {
    // commander has already written what is wrong.
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return EXIT.ok;
      if (args.includes("--json"))
        reportJson("usage", error.message.replace(/^error: /, ""), {}, surroundings);
      return EXIT.usage;
    }
    const explained = explain(error);
    // Who was interrupted has said so.
    if (explained.code !== "interrupted") report(explained, args, surroundings);
    return EXIT[explained.code];
  }
}

function report(error: ProgramError, args: readonly string[], surroundings: Surroundings): void {
  const colors = colorsFor(surroundings.stderr, surroundings.env, !args.includes("--no-color"));
  surroundings.stderr.write(`${colors.red("error:")} ${error.message}\n`);
  if (error.advice) surroundings.stderr.write(`${error.advice}\n`);
  if (args.includes("--json")) reportJson(error.code, error.message, error.details, surroundings);
}

function reportJson(
  code: keyof typeof EXIT,
  message: string,
  details: object,
  { stdout }: Surroundings,
): void {
  stdout.write(`${JSON.stringify({ event: "error", code, exitCode: EXIT[code], message, details })}\n`);
}
