import { runProgram, type Surroundings } from "@unroll/terminal";
import { program } from "./program.ts";

/** Runs one command line and returns the exit code. Never throws. */
export function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return runProgram(program(surroundings), withDefault(args), surroundings);
}

/** Without a command the main job runs: `demo --seed 3` is `demo train text --seed 3`. */
function withDefault(args: readonly string[]): string[] {
  const first = args[0];
  const asksRoot = first === "--help" || first === "-h";
  return first === undefined || (first.startsWith("-") && !asksRoot) ? ["train", "text", ...args] : [...args];
}
