import process from "node:process";
import type { Surroundings } from "./streams.ts";

/** Runs a program in this process: its arguments, its streams, its signals, its exit code. */
export async function runProcess(
  run: (args: readonly string[], surroundings: Surroundings) => Promise<number>,
): Promise<void> {
  // A reader that has seen enough, like `head`, closes the pipe: no reason for a stack trace.
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => {
      process.exit(error.code === "EPIPE" ? 0 : 1);
    });
  const { stdin, stdout, stderr, env } = process;
  process.exitCode = await run(process.argv.slice(2), { stdin, stdout, stderr, env, signals: process });
}
