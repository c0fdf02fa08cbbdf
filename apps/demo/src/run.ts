import { CommanderError } from "commander";
import { type DemoError, EXIT, explain, Interrupted } from "./errors.ts";
import { program } from "./program.ts";
import { colorsFor, type Surroundings } from "./terminal/streams.ts";

/** Runs one command line and returns the exit code. Never throws. */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    await program(surroundings).parseAsync(withDefault(args), { from: "user" });
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
    if (!(explained instanceof Interrupted)) report(explained, args, surroundings);
    return EXIT[explained.code];
  }
}

/** Without a command the main job runs: `demo --seed 3` is `demo train text --seed 3`. */
function withDefault(args: readonly string[]): string[] {
  const first = args[0];
  const asksRoot = first === "--help" || first === "-h";
  return first === undefined || (first.startsWith("-") && !asksRoot) ? ["train", "text", ...args] : [...args];
}

function report(error: DemoError, args: readonly string[], surroundings: Surroundings): void {
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
