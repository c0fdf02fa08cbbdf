import { onPaper, type PaperOptions, type Written } from "@unroll/terminal/on-paper";
import { run } from "../src/run.ts";

/** Runs a command line in this process: for what needs no process of its own. */
export function runHere(args: readonly string[], options?: PaperOptions): Promise<Written> {
  return onPaper(run, args, options);
}
