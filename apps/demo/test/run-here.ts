import { EventEmitter } from "node:events";
import { run } from "../src/run.ts";
import type { CliRun } from "./run-cli.ts";

interface HereOptions {
  readonly stdin?: string | Uint8Array;
  readonly env?: Record<string, string>;
  /** The width of a terminal to write to; else there is none. */
  readonly terminal?: number;
}

/** Runs a command line in this process: for what needs no process of its own. */
export async function runHere(
  args: readonly string[],
  { stdin, env = {}, terminal }: HereOptions = {},
): Promise<CliRun> {
  const written = { stdout: "", stderr: "" };
  const paper = (name: "stdout" | "stderr") => ({
    write(text: string) {
      written[name] += text;
    },
    isTTY: terminal !== undefined,
    columns: terminal,
  });
  const code = await run(args, {
    stdin: (async function* () {
      if (stdin !== undefined) yield stdin;
    })(),
    stdout: paper("stdout"),
    stderr: paper("stderr"),
    env,
    signals: Object.assign(new EventEmitter(), { exit() {} }),
  });
  return { code, ...written };
}
