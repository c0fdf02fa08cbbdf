import process from "node:process";
import { run } from "./run.ts";

// A reader that has seen enough, like `head`, closes the pipe: no reason for a stack trace.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : 1);
});

process.exitCode = await run(process.argv.slice(2), process);
