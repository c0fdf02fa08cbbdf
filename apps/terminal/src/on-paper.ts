import { EventEmitter } from "node:events";
import type { Surroundings } from "./streams.ts";

/** What a command line wrote, and how it ended. */
export interface Written {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface PaperOptions {
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** The width of a terminal to write to; else there is none. */
  readonly terminal?: number;
}

/** Runs a command line in this process and keeps what it writes: for tests of what needs no process of its own. */
export async function onPaper(
  run: (args: readonly string[], surroundings: Surroundings) => Promise<number>,
  args: readonly string[],
  { stdin, env = {}, terminal }: PaperOptions = {},
): Promise<Written> {
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
