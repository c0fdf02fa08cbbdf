import { runProgram, type Surroundings } from "@unroll/terminal";
import { program } from "./program.ts";

/** Runs one command line and returns the exit code. Never throws. */
export function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return runProgram(program(surroundings), withDefault(args), surroundings);
}

/** Without a command the page is served: `gradient-lab --port 8000` is `gradient-lab serve --port 8000`. */
function withDefault(args: readonly string[]): readonly string[] {
  const first = args[0];
  const asksRoot = first === "--help" || first === "-h";
  return first === undefined || (first.startsWith("-") && !asksRoot) ? ["serve", ...args] : args;
}
