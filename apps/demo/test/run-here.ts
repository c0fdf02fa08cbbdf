import { EventEmitter } from "node:events";
import { run } from "../src/run.ts";
import type { CliRun } from "./run-cli.ts";

/** Runs a command line in this process: for what needs no process of its own. */
export async function runHere(args: readonly string[]): Promise<CliRun> {
  const written = { stdout: "", stderr: "" };
  const paper = (name: "stdout" | "stderr") => ({
    write(text: string) {
      written[name] += text;
    },
  });
  const code = await run(args, {
    stdin: (async function* () {})(),
    stdout: paper("stdout"),
    stderr: paper("stderr"),
    env: {},
    signals: Object.assign(new EventEmitter(), { exit() {} }),
  });
  return { code, ...written };
}
